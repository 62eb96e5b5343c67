-- Capacity and the lists of agents who could take something now.
-- Firm work must fit beside firm work; interruptible work must fit beside everything. What cannot be kept running is put aside.
function R.roomFor(ag, c)
  local max = ag.f.m[c.ch]
  if max and tonumber(ag.f.c[c.ch] or 0) + 1 > tonumber(max) then return nil end
  local firm, cap = R.num(ag, 'fl'), R.num(ag, 'cap')
  local all = firm + R.num(ag, 'sl') + c.w
  if c.soft then
    if all > cap then return nil end
    return 'fits'
  end
  if firm + c.w > cap then return nil end
  return all > cap and 'aside' or 'fits'
end

function R.rank(ag, sel, sum, fit)
  local score = R.num(ag, 'id')
  if sel == 'most-skilled' then score = score - sum * 1e13
  elseif sel == 'least-occupied' then score = score + math.floor((R.num(ag, 'fl') + R.num(ag, 'sl')) * 100 / math.max(1, R.num(ag, 'cap'))) * 1e13
  elseif sel == 'round-robin' then score = R.num(ag, 'tn') end
  return fit == 'aside' and score + 4e15 or score
end

-- entry: set, selection, sum of levels, pull. `fits` remembers what was found per class of work; nil: take them off the list.
function R.listIn(ag, entry, fits)
  local sid = entry[1]
  if entry[4] then return end
  local c, fit = R.class(sid), nil
  if fits then
    fit = fits[c.name]
    if fit == nil then fit = R.roomFor(ag, c) or false; fits[c.name] = fit end
  end
  if fit then call('ZADD', R.class(sid).able, R.rank(ag, entry[2], entry[3], fit), ag.id)
  else call('ZREM', R.class(sid).able, ag.id) end
end

-- Brings the lists in line with the agent. Nothing is read or written when nothing about them changed.
function R.publish(ag)
  local on = ag.f.st == 'available' and R.num(ag, 'fl') < R.num(ag, 'cap')
  local listed = on and '1' or '0'
  if listed == ag.f.li and not (on and ag.touched) then return end
  ag.touched = false
  local fits = on and {} or nil
  for _, entry in ipairs(R.cover(ag.f.p)) do R.listIn(ag, entry, fits) end
  R.set(ag, 'li', listed)
end

function R.load(ag, c, sign)
  local field = c.soft and R.place.sl or R.place.fl
  R.setNumber(ag, field, R.num(ag, field) + sign * c.w)
  ag.f.c[c.ch] = R.text(R.number(ag.f.c[c.ch] or '') + sign)
  R.change(ag)
  ag.touched = true
end

-- Their place in the lists depends on it, also when what ends had no load any more, such as a conversation that slept.
function R.idleFromNow(ag)
  R.set(ag, 'id', R.nowText)
  ag.touched = true
end

-- What an agent is offered or has, as ";a;b;"; `heldBy` lists it in the order of ids.
function R.take(ag, id) R.set(ag, 'h', (ag.f.h == '' and ';' or ag.f.h) .. id .. ';') end
function R.letGo(ag, id)
  local own = ';' .. id .. ';'
  if ag.f.h == own then return R.set(ag, 'h', '') end
  local from, to = ag.f.h:find(own, 1, true)
  if not from then return end
  R.set(ag, 'h', ag.f.h:sub(1, from) .. ag.f.h:sub(to + 1))
end
function R.heldBy(ag)
  local ids = {}
  for id in ag.f.h:gmatch('[^;]+') do ids[#ids + 1] = id end
  table.sort(ids, R.before)
  return ids
end

function R.over(ag)
  if R.num(ag, 'fl') > R.num(ag, 'cap') then return true end
  for ch, most in pairs(ag.f.m) do
    if tonumber(ag.f.c[ch] or 0) > tonumber(most) then return true end
  end
  return false
end

function R.excluded(it, agentId) return it.f.x == '1' and call('SISMEMBER', R.K .. 'x:' .. it.id, agentId) == 1 end
function R.exclude(it, ag, untilMs)
  if untilMs <= R.now then return end
  call('SADD', R.K .. 'x:' .. it.id, ag.id)
  call('SADD', R.K .. 'ax:' .. ag.id, it.id)
  R.timer(untilMs, 'x' .. ag.id .. '|' .. it.id)
  R.set(it, 'x', '1')
  R.set(ag, 'x', '1')
end
function R.forget(it)
  if it.f.x == '1' then
    for _, id in ipairs(call('SMEMBERS', R.K .. 'x:' .. it.id)) do
      call('SREM', R.K .. 'ax:' .. id, it.id)
      call('ZREM', R.K .. 'tm', 'x' .. id .. '|' .. it.id)
    end
    call('DEL', R.K .. 'x:' .. it.id)
  end
  R.drop(it)
end
