import { downloadPage, gonePage, missingPage, type PageFile } from './pages.js'
import { downloadStyle } from './style.js'

const file: PageFile = {
  name: '2024-01-15-exp_1.csv',
  format: 'csv',
  bytes: 5_234_567,
  rows: 50_000,
  sha256: 'a'.repeat(64),
  createdAt: new Date('2024-01-15T10:30:00Z'),
  expiresAt: new Date('2024-02-14T10:30:00Z'),
  timeZone: 'America/Lima',
}

describe('download page', () => {
  it('says what the file is, in Spanish', () => {
    const page = downloadPage(file, 'es')
    for (const text of [
      'lang="es"',
      'Tu archivo está listo',
      file.name,
      '5.2 MB',
      '50,000',
      file.sha256,
      'Descargar',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).toContain('15 ene. 2024, 05:30')
    expect(page).toContain('14 feb. 2024, 05:30')
  })

  it('and in English', () => {
    const page = downloadPage(file, 'en')
    for (const text of [
      'lang="en"',
      'Your file is ready',
      'Download',
      'Whoever has this link',
      'Jan 15, 2024, 05:30',
    ]) {
      expect(page).toContain(text)
    }
  })

  it('escapes what it is given', () => {
    const page = downloadPage({ ...file, name: `"><script>alert('x')</script>&` }, 'en')
    expect(page).not.toContain('<script')
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;')
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [123_456, '123 kB'],
    [5_000_000_000, '5 GB'],
    [7e15, '7,000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(downloadPage({ ...file, bytes }, 'en')).toContain(`<dd>${text}</dd>`)
  })

  it('the policy names the style that is in the page', () => {
    expect(downloadPage(file, 'es')).toContain(`<style>${downloadStyle.css}</style>`)
    expect(downloadStyle.hash).toMatch(/^sha256-[\w+/]{43}=$/)
  })

  it.each([
    [gonePage('es'), 'ya no está disponible'],
    [gonePage('en'), 'no longer available'],
    [missingPage('es'), 'no es válido'],
    [missingPage('en'), 'not valid'],
  ])('other pages have no button', (page, text) => {
    expect(page).toContain(text)
    expect(page).not.toContain('<form')
  })
})
