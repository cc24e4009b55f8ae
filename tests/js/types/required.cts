// A CommonJS program has the same types.
import seedance = require('seedance-preflight')
import { type Report, check } from 'seedance-preflight'

const report: Report = check({ model: 'seedance2.0-mini' })
const accepted: boolean = seedance.check({}).accepted && report.accepted
export = accepted
