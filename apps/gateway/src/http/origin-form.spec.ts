import { originForm } from './origin-form.js'

it.each([
  ['/api/v1/leads?a=%ff#x', '/api/v1/leads?a=%ff#x'],
  ['/a%20b/%C3%B1', '/a%20b/%C3%B1'],
  ['http://example.com/api/v1/leads?a=1', '/api/v1/leads?a=1'],
  ['HTTPS://user@example.com:8080/x', '/x'],
  ['http://example.com', '/'],
  ['http://example.com?a=1', '/?a=1'],
  ['*', '/*'],
  ['/d/%ff', '/d/%25ff'],
  ['/d/%2', '/d/%252'],
  ['/%61pi/%c3%28?q=%zz', '/%2561pi/%25c3%2528?q=%zz'],
])('%s is read as %s', (target, path) => {
  expect(originForm(target)).toBe(path)
})
