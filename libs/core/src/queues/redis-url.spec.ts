import { parseRedisUrl, placeOf } from './redis-url.js'

describe('a URL of Redis', () => {
  it.each<[string, object]>([
    [
      'redis://localhost',
      { mode: 'standalone', tls: false, nodes: [{ host: 'localhost', port: 6379 }], db: 0 },
    ],
    ['rediss://r.example:6380/3', { tls: true, nodes: [{ host: 'r.example', port: 6380 }], db: 3 }],
    ['redis://:p%40ss@h/', { username: undefined, password: 'p@ss', db: 0 }],
    [
      'redis://user:pw@[::1]:7000',
      { username: 'user', password: 'pw', nodes: [{ host: '::1', port: 7000 }] },
    ],
    [
      'redis-sentinel://:pw@a,b:26380/1?master=leads&sentinelPassword=s%20p',
      {
        mode: 'sentinel',
        nodes: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 26_380 },
        ],
        password: 'pw',
        db: 1,
        master: 'leads',
        sentinelPassword: 's p',
      },
    ],
    [
      'rediss-cluster://a:7000,b:7001',
      {
        mode: 'cluster',
        tls: true,
        nodes: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 7001 },
        ],
      },
    ],
  ])('%s', (url, expected) => expect(parseRedisUrl(url)).toMatchObject(expected))

  it.each([
    ['http://localhost', /must be one of redis:/],
    ['redis://', /must be one of/],
    ['redis://a,b', /several hosts/],
    ['redis-sentinel://a,b', /master=NAME/],
    ['redis-cluster://a/2', /a cluster has none but 0/],
    ['redis://host:99999', /names a host that is none/],
    ['redis://a/one', /must be one of/],
    ['redis://:hunter2%ZZ@a', /password/],
  ])('%s is refused, without a word of it', (url, problem) => {
    expect(() => parseRedisUrl(url)).toThrow(problem)
    expect(() => parseRedisUrl(url)).not.toThrow(/hunter2|99999/)
  })

  it('is the same place whoever asks, and in whatever order its nodes are named', () => {
    const place = (url: string) => placeOf(parseRedisUrl(url))
    expect(place('redis-cluster://a:1,b:2')).toBe(place('redis-cluster://x:y@b:2,a:1'))
    expect(place('redis://a')).toBe(place('redis://u:p@a:6379/0'))
    expect(place('redis://a/1')).not.toBe(place('redis://a/2'))
    expect(place('redis-sentinel://a?master=x')).not.toBe(place('redis-sentinel://a?master=y'))
  })
})
