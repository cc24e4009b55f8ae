// The ledger for `require`, which cannot load `ledger-inline.js`.
import { moduleBeside } from './beside.js';
import { connect } from './core.js';

export * from './ledger.js';

connect(moduleBeside('import the ledger instead of requiring it'));
