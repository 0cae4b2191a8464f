import type { Route } from 'playwright-core';

/** Refuses as our server would: it says back what the call is named. */
export function refuseAsOurs(route: Route, status: number, code: string): Promise<void> {
  const call = route.request().headers()['screendesk-call']!;
  return route.fulfill({ status, json: { code }, headers: { 'screendesk-call': call } });
}
