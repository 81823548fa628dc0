import { preferredLanguage } from './language.js'

describe('preferredLanguage', () => {
  it.each([
    [undefined, 'es'],
    ['', 'es'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['es-PE,es;q=0.9,en;q=0.8', 'es'],
    ['en-US,en;q=0.9,es;q=0.5', 'en'],
    ['es;q=0.2, en;q=0.7', 'en'],
    ['fr, en;q=0.1', 'en'],
    ['en;q=0', 'es'],
    ['fr', 'es'],
    [';;;,,q=', 'es'],
  ])('%p is %s', (header, language) => {
    expect(preferredLanguage(header, 'es')).toBe(language)
  })

  it('falls back to what the caller says', () => {
    expect(preferredLanguage('fr', 'en')).toBe('en')
  })
})
