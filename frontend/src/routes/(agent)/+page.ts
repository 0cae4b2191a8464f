import { redirect } from '@sveltejs/kit';

/** The library is where everybody begins who may see one. Asked whenever somebody comes here, from within too. */
export async function load({ parent }) {
  const { present } = await parent();
  if (present && !present.permissions.includes('recordings.read')) redirect(307, '/settings');
}
