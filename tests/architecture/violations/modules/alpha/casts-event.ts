export function recordingOf(event: { readonly data: Readonly<Record<string, unknown>> }): string {
  return (event.data as { recordingId: string }).recordingId;
}
