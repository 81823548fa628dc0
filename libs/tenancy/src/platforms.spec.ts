import { slugOf } from './platforms.js'

it.each([
  ['Leadferry Perú', 'leadferry-peru'],
  ['WhatsApp Ventas ☎️', 'whatsapp-ventas'],
  ['www.leadferry.example', 'www-leadferry-example'],
  ['--Niño__nº 1--', 'nino-n-1'],
  ['株式会社さくら', 'google-chat'],
  ['', 'google-chat'],
  [`${'x'.repeat(63)} y`, 'x'.repeat(63)],
])('%p is the folder %p', (name, slug) => {
  expect(slugOf(name, 'google_chat')).toBe(slug)
})
