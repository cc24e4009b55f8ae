// A CommonJS program has the same types.
import seedance = require('seedance-preflight');
import ledger = require('seedance-preflight/ledger');
import { type Report, check } from 'seedance-preflight';

const report: Report = check({ model: 'seedance2.0-mini' });
const accepted: boolean = seedance.check({}).accepted && report.accepted;
const { status } = ledger.plan('{}', { prices: { currency: 'USD', prices: {} } }).jobs[0]!;
export = accepted && status === 'ready';
