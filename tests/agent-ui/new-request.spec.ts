import { newRequest, noWords } from '../../frontend/src/lib/agent/request/new-request.js';

const written = (words: object) => newRequest({ ...noWords(), ...words });

it('sends nothing that was left empty', () => {
  expect(written({})).toEqual({ expiresInHours: 72 });
  expect(written({ customerName: '  ', message: '\n' })).toEqual({ expiresInHours: 72 });
});

it('trims words and cuts what is longer than the server takes', () => {
  const { customerName, message } = written({ customerName: ' Ada ', message: 'x'.repeat(3000) });
  expect(customerName).toBe('Ada');
  expect(message).toHaveLength(2000);
});

it('has a ticket only with a reference, and keeps its parts together', () => {
  expect(written({ subject: 'Export fails' }).ticket).toBeUndefined();
  expect(written({ reference: 'T-1', subject: 'Export fails', url: 'https://help.example/1' }).ticket).toEqual({
    reference: 'T-1',
    subject: 'Export fails',
    url: 'https://help.example/1',
  });
});

it('never stops at what may be left out: cuts no character in two, and takes the hosts that there are', () => {
  const { ticket } = written({
    reference: 'T-1',
    subject: `${'x'.repeat(299)}😀😀`,
    url: 'https://help_desk.example/1',
  });
  expect(ticket?.subject).toBe(`${'x'.repeat(299)}😀`);
  expect(ticket?.url).toBe('https://help_desk.example/1');
  expect(written({ message: 'half \ud83d' }).message).toBe('half \ufffd');
  expect(written({ reference: 'T-1', url: 'https://help.example/a b' }).ticket).toEqual({ reference: 'T-1' });
});

it('drops an address that is none, or that would run something', () => {
  expect(written({ reference: 'T-1', url: 'javascript:alert(1)' }).ticket).toEqual({ reference: 'T-1' });
  expect(written({ reference: 'T-1', url: '/tickets/1' }).ticket).toEqual({ reference: 'T-1' });
});
