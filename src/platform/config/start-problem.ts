/** Why the program does not start, in words for the person at the terminal: what to do rather than where it failed. */
export class StartProblem extends Error {}
