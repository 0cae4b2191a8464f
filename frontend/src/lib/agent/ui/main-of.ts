/** Where menus are drawn: within the page's main landmark, so that screen readers meet nothing outside of one. */
export const mainOf = (): HTMLElement => document.querySelector('main') ?? document.body;
