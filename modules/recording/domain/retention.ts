const DAY_MS = 86_400_000;

/** When what arrived or ended at a moment is to be deleted. */
export function deletionDate(from: Date, retentionDays: number): Date {
  return new Date(from.getTime() + retentionDays * DAY_MS);
}

/** What arrived or ended before this is past its period now. */
export function startOfPeriod(at: Date, retentionDays: number): Date {
  return deletionDate(at, -retentionDays);
}
