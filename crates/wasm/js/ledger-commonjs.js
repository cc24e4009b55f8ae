// The ledger for `require`, where `ledger-inline.js` cannot be.
import { moduleBeside } from './beside.js';
import { connect } from './core.js';

export * from './ledger.js';

connect(moduleBeside('import the ledger instead of requiring it'));
