/**
 * Takes the page's name away, has everything hidden that does not show itself on its own, and stops what plays.
 * @param title what the tab is called meanwhile
 * @returns how to show everything again
 */
export function conceal(title: string): () => void {
  const { dataset } = document.documentElement;
  const before = document.title;
  document.title = title;
  dataset.concealed = '';
  for (const media of document.querySelectorAll('video')) media.pause();
  return () => {
    document.title = before;
    delete dataset.concealed;
  };
}
