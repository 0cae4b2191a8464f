/** Calls only once nothing more has come for a while: for what is typed. */
export function debounced<Args extends unknown[]>(act: (...args: Args) => void, ms: number): (...args: Args) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...args), ms);
  };
}
