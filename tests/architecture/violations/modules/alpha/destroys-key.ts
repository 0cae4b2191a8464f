export const past = (keys: { erase(subject: string): Promise<void> }) => keys.erase('a');
