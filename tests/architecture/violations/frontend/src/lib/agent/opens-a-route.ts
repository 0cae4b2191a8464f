import { asked } from '../../routes/(customer)/asks-the-agent.js';

export const opened = asked;
