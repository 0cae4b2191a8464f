import { KeysNotRotated } from '#platform/key-ring/key-ring.js';
import { openKeyRing } from '#platform/key-ring/open-key-ring.js';
import { OperatorMistake, type OperatorCommand } from './operator-commands.js';

export const rotateKeys: OperatorCommand = {
  takes: '',
  does: 'makes a new key-encryption key, wraps everything anew by it and destroys the old one',
  async run({ config, database, say }) {
    const keys = await openKeyRing(config.keyFile, database.pool);
    try {
      const done = await keys.rotate();
      if (!done) throw new OperatorMistake('Another process is rotating the keys at this moment.');
      say(`Keys wrapped anew: ${done.rewrapped}. Old key-encryption keys destroyed: ${done.destroyed}.`);
    } catch (error) {
      throw error instanceof KeysNotRotated ? new OperatorMistake(error.message) : error;
    } finally {
      await keys.close();
    }
  },
};
