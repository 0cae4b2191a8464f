/**
 * Does something that takes long for as long as it is wanted: asked again and again meanwhile, and told to stop once it
 * is not. What it then throws is its way of stopping, no failure.
 */
export async function whileWanted(
  isWanted: () => Promise<boolean>,
  { signal, lookEveryMs }: { readonly signal: AbortSignal; readonly lookEveryMs: number },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const unwanted = new AbortController();
  const look = async () => {
    // Not being able to tell is no reason to stop.
    if (!(await isWanted().catch(() => true))) unwanted.abort();
  };
  const looking = setInterval(() => void look(), lookEveryMs).unref();
  try {
    await work(AbortSignal.any([signal, unwanted.signal]));
  } catch (error) {
    if (!unwanted.signal.aborted) throw error;
  } finally {
    clearInterval(looking);
  }
}
