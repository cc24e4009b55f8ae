// The package for `require`, which cannot load `pkg/inline.js`.
import { connect } from '../../../pkg/core.js';
import { moduleBeside } from './beside.js';

export * from '../../../pkg/api.js';

connect(moduleBeside('import seedance-preflight/inline'));
