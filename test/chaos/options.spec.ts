import { controlNames } from './controls/controls.js'
import { readOptions } from './options.js'

const read = (line: string, anySeed = 9) => readOptions(line.split(' ').filter(Boolean), anySeed)

describe('the command line of the chaos suite', () => {
  it('has a default for everything, and any seed', () => {
    expect(read('')).toEqual({
      exports: 200,
      faults: 44,
      seeds: [9],
      backends: ['redis', 'postgres'],
      controls: [],
    })
  })

  it('takes what it is told', () => {
    expect(
      read('--exports 10 --faults 0 --seed 4294967295 --seeds 2 --backend redis --control sweeper'),
    ).toEqual({
      exports: 10,
      faults: 0,
      seeds: [4294967295, 0],
      backends: ['redis'],
      controls: ['sweeper'],
    })
    expect(read('--control all')).toEqual({
      exports: 24,
      faults: 8,
      seeds: [9],
      backends: ['postgres'],
      controls: controlNames,
    })
  })

  it.each([
    ['--exports 0', '--exports must be a whole number from 1'],
    ['--faults x', '--faults must be'],
    ['--seed 1.5', '--seed must be a whole number from 0 to 4294967295'],
    ['--backend kafka', '--backend must be redis, postgres or both'],
    ['--control none', '--control must be one of fence'],
    ['--speed 3', "'--speed'"],
  ])('%s is refused by name', (line, message) => {
    expect(() => read(line)).toThrow(message)
  })
})
