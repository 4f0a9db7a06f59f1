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
 * Keys: bucket ("tokens at"), mark. Arguments: tokens a minute, burst, now in ms.
 * @returns milliseconds to wait (0: none), and 1 when the mark is there.
 */
export const ADMIT = `
local perMinute, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tokens, wait = burst, 0
local bucket = redis.call('GET', KEYS[1])
if bucket then
  local space = string.find(bucket, ' ')
  local passed = math.max(0, now - tonumber(string.sub(bucket, space + 1)))
  tokens = math.min(burst, tonumber(string.sub(bucket, 1, space - 1)) + passed * perMinute / 60000)
end
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) * 60000 / perMinute) end
redis.call('SET', KEYS[1], tokens .. ' ' .. ARGV[3], 'PX', math.ceil(60000 * burst / perMinute) + 60000)
return { wait, redis.call('EXISTS', KEYS[2]) }`;

/**
 * Marks a heartbeat as stored, and counts it, once.
 * Keys: mark, last ("at JSON"), minute. Arguments: how long to keep in ms, time of the heartbeat in ms, its
 * JSON, screen on (0 or 1), distracting (0 or 1).
 */
export const COMMITTED = `
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end
local last = redis.call('GET', KEYS[2])
if not last or tonumber(ARGV[2]) >= tonumber(string.match(last, '^%d+')) then
  redis.call('SET', KEYS[2], ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[1])
end
if redis.call('HINCRBY', KEYS[3], 'beats', 1) == 1 then redis.call('PEXPIRE', KEYS[3], ARGV[1]) end
if ARGV[4] == '1' then redis.call('HINCRBY', KEYS[3], 'on', 1) end
if ARGV[5] == '1' then redis.call('HINCRBY', KEYS[3], 'distracting', 1) end
return 1`;
