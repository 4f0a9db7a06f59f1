/**
 * What is done in Redis in one step. All keys of a device hold `{device}`: a cluster keeps them together.
 * @module
 */

/** Every key of a device begins so. */
export function keyPrefix(deviceId: string): string {
  return `prodtracker:{${deviceId}}:`;
}

/**
 * Takes a token from the device's bucket and looks for the mark of a heartbeat.
 * Keys: bucket, mark. Arguments: tokens a minute, burst, now in ms.
 * @returns milliseconds to wait (0: none), and 1 when the mark is there.
 */
export const ADMIT = `
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local perMinute, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tokens, at = tonumber(bucket[1] or burst), tonumber(bucket[2] or now)
tokens = math.min(burst, tokens + math.max(0, now - at) * perMinute / 60000)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) * 60000 / perMinute) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], math.ceil(60000 * burst / perMinute) + 60000)
return { wait, redis.call('EXISTS', KEYS[2]) }`;

/**
 * Marks a heartbeat as stored, and counts it, once.
 * Keys: mark, last, minute. Arguments: how long to keep in ms, time of the heartbeat in ms, its JSON, screen on
 * (0 or 1), distracting (0 or 1).
 */
export const COMMITTED = `
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
local last = tonumber(redis.call('HGET', KEYS[2], 'at') or '-1')
if tonumber(ARGV[2]) >= last then
  redis.call('HSET', KEYS[2], 'at', ARGV[2], 'beat', ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
end
redis.call('HINCRBY', KEYS[3], 'beats', 1)
redis.call('HINCRBY', KEYS[3], 'on', ARGV[4])
redis.call('HINCRBY', KEYS[3], 'distracting', ARGV[5])
redis.call('PEXPIRE', KEYS[3], ARGV[1])
return 1`;
