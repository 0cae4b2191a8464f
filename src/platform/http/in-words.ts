/** A span as people say it, rounded up, so that what is promised after it holds: "7 seconds", "12 minutes". */
export function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds > 90) return `${minutes} minutes`;
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
}
