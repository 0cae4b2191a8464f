export const take = 'one try at showing';
