/** Why the program does not start, in words for the person at the terminal: what to do rather than where it failed. */
export class StartProblem extends Error {}

/** A part that the program needs does not answer now; it may in a moment. */
export class PartAway extends StartProblem {}
