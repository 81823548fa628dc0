import { pageHeaders, type Places } from '../pages/page-headers.js'
import { downloadStyle } from './page/style.js'

/** Headers of every download page. The link is a secret, and goes into no Referer either. */
export const downloadHeaders = (config: Places): Record<string, string> =>
  pageHeaders(config, { style: downloadStyle, referrer: 'no-referrer' })
