import { finalDot } from './final-dot.js'

const mail = 'DATA\r\nSubject: x\r\n\r\n..stuffed\r\n. not alone\r\n.\nnor this\r\n.\r\n'

it('is seen wherever it is split, once, and nothing else is taken for it', () => {
  for (let first = 1; first < mail.length; first++) {
    for (let second = first + 1; second <= mail.length; second++) {
      const sees = finalDot()
      const pieces = [mail.slice(0, first), mail.slice(first, second), mail.slice(second), 'QUIT\r\n']
      const seen = pieces.map((piece) => sees(Buffer.from(piece)))
      const last = pieces.slice(0, 3).findLastIndex((piece) => piece !== '')
      expect(seen.flatMap((is, index) => (is ? [index] : []))).toEqual([last])
    }
  }
})

it('is seen byte by byte, also of a mail that is empty', () => {
  const sees = finalDot()
  const seen = Array.from('DATA\r\n.\r\n', (character) => sees(Buffer.from(character)))
  expect(seen.indexOf(true)).toBe(seen.length - 1)
})
