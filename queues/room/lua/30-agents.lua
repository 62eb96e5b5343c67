-- Capacity and the lists of agents who could take something now.
-- Firm work must fit beside firm work; interruptible work must fit beside everything. What cannot be kept running is put aside.
local function roomFor(ag, c)
  local max = ag.f['m:' .. c.ch]
  if max ~= '' and num(ag, 'c:' .. c.ch) + 1 > tonumber(max) then return nil end
  local firm, cap = num(ag, 'fl'), num(ag, 'cap')
  local all = firm + num(ag, 'sl') + c.w
  if c.soft then
    if all > cap then return nil end
    return 'fits'
  end
  if firm + c.w > cap then return nil end
  return all > cap and 'aside' or 'fits'
end

local function rank(ag, sel, sum, fit)
  local score = num(ag, 'id')
  if sel == 'most-skilled' then score = score - sum * 1e13
  elseif sel == 'least-occupied' then score = score + math.floor((num(ag, 'fl') + num(ag, 'sl')) * 100 / math.max(1, num(ag, 'cap'))) * 1e13
  elseif sel == 'round-robin' then score = num(ag, 'tn') end
  return fit == 'aside' and score + 4e15 or score
end

-- entry: set, selection, sum of levels, pull. `fits` remembers what was found per class of work; nil: take them off the list.
listIn = function(ag, entry, fits)
  local sid = entry[1]
  if entry[4] then return end
  local c, fit = class(sid), nil
  if fits then
    fit = fits[c.name]
    if fit == nil then fit = roomFor(ag, c) or false; fits[c.name] = fit end
  end
  if fit then call('ZADD', K .. 'v:' .. sid, rank(ag, entry[2], entry[3], fit), ag.id)
  else call('ZREM', K .. 'v:' .. sid, ag.id) end
end

-- Brings the lists in line with the agent. Nothing is read or written when nothing about them changed.
local function publish(ag)
  local on = ag.f.st == 'available' and num(ag, 'fl') < num(ag, 'cap')
  local listed = on and '1' or '0'
  if listed == ag.f.li and not (on and ag.touched) then return end
  ag.touched = false
  local fits = on and {} or nil
  for _, entry in ipairs(cover(ag.f.p)) do listIn(ag, entry, fits) end
  set(ag, 'li', listed)
end

local function load(ag, c, sign)
  local field = c.soft and 'sl' or 'fl'
  set(ag, field, num(ag, field) + sign * c.w)
  set(ag, 'c:' .. c.ch, num(ag, 'c:' .. c.ch) + sign)
  ag.touched = true
end

local function over(ag)
  if num(ag, 'fl') > num(ag, 'cap') then return true end
  for field, value in pairs(ag.f) do
    if field:sub(1, 2) == 'm:' and num(ag, 'c:' .. field:sub(3)) > tonumber(value) then return true end
  end
  return false
end

local function excluded(it, agentId) return it.f.x == '1' and call('SISMEMBER', K .. 'x:' .. it.id, agentId) == 1 end
local function exclude(it, ag, untilMs)
  if untilMs <= now then return end
  call('SADD', K .. 'x:' .. it.id, ag.id)
  call('SADD', K .. 'ax:' .. ag.id, it.id)
  call('ZADD', K .. 'tm', untilMs, 'x' .. ag.id .. '|' .. it.id)
  set(it, 'x', '1')
  set(ag, 'x', '1')
end
local function forget(it)
  if it.f.x == '1' then
    for _, id in ipairs(call('SMEMBERS', K .. 'x:' .. it.id)) do
      call('SREM', K .. 'ax:' .. id, it.id)
      call('ZREM', K .. 'tm', 'x' .. id .. '|' .. it.id)
    end
    call('DEL', K .. 'x:' .. it.id)
  end
  drop(it)
end
