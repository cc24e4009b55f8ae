// The package for `require`, where `pkg/inline.js` cannot be.
import { connect } from '../../../pkg/core.js';
import { moduleBeside } from './beside.js';

export * from '../../../pkg/api.js';

connect(moduleBeside('import seedance-preflight/inline'));
