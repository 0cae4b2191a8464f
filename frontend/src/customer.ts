/** Starts the customer's page in place of the picture of it that the built page shows. See customer-page.ts. */
import { mount } from 'svelte';
import Page from './routes/(customer)/r/[code]/+page.svelte';

document.body.replaceChildren();
mount(Page, { target: document.body, props: { params: { code: location.pathname.split('/')[2]! } } });
