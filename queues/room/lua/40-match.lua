-- Who for this item, what for this agent; and what an offer and an assignment are.
function R.findAgent(it)
  local skip = {}
  if it.f.x == '1' then
    for _, id in ipairs(call('SMEMBERS', R.K .. 'x:' .. it.id)) do skip[id] = true end
  end
  local from = 0
  while true do
    local ids = call('ZRANGE', R.class(it.f.sid).able, from, from + 9)
    for _, id in ipairs(ids) do if not skip[id] then return R.agent(id) end end
    if #ids < 10 then return nil end
    from = from + 10
  end
end

-- First item of a set this agent may have: the head, unless they declined it lately.
function R.firstOf(sid, skip)
  local head = R.headOf(sid)
  if not (skip and skip[head.id]) then return head end
  local from, step = 1, 20
  while true do
    local rows = call('ZRANGE', R.class(sid).waiting, from, from + step - 1, 'WITHSCORES')
    for i = 1, #rows, 2 do if not skip[rows[i]] then return { id = rows[i], score = tonumber(rows[i + 1]) } end end
    if #rows < 2 * step then return nil end
    from = from + step
  end
end

function R.skipsOf(ag)
  if ag.f.x ~= '1' then return nil end
  local skip = {}
  for _, id in ipairs(call('SMEMBERS', R.K .. 'ax:' .. ag.id)) do skip[id] = true end
  return skip
end

-- Kept items come first: they wait for nobody else. `queueId`: only of that (pull) queue; else only of queues that offer.
function R.keptWork(ag, queueId)
  if R.num(ag, 'kp') == 0 then return nil, false end
  local full = false
  for _, id in ipairs(call('ZRANGE', R.K .. 'kp:' .. ag.id, 0, -1)) do
    local it = R.item(id)
    local q = R.queue(it.f.q)
    if (queueId and q.id == queueId) or (not queueId and not q.pull) then
      if R.roomFor(ag, R.class(it.f.sid)) then return it, false end
      full = true
    end
  end
  return nil, full
end

-- Best waiting item of the covered sets, by score and then id: of those offered from, or only of one pull queue. Goes through what is remembered of
-- each. Also answers whether something waits that does not fit.
function R.bestWaiting(ag, queueId)
  local cover, skip, fits, full, best = R.cover(ag.f.p), R.skipsOf(ag), {}, false, nil
  for i = 1, #cover do
    local sid = cover[i][1]
    local head = R.offeredFrom(cover[i], queueId) and R.headOf(sid)
    if head and (not best or R.sooner(head, best)) then
      local c = R.class(sid)
      if fits[c.name] == nil then fits[c.name] = R.roomFor(ag, c) or false end
      if not fits[c.name] then full = true else
        local first = R.firstOf(sid, skip)
        if first and (not best or R.sooner(first, best)) then best = first end
      end
    end
  end
  return best and R.item(best.id), full
end
function R.offeredFrom(entry, queueId)
  if not queueId then return not entry[4] end
  return entry[4] and R.queueOf(entry[1]) == queueId
end

function R.findWork(ag)
  if R.num(ag, 'fl') >= R.num(ag, 'cap') then return nil end
  local kept = R.keptWork(ag)
  if kept then return kept end
  return (R.bestWaiting(ag))
end

function R.smooth(old, value) return old and old * 0.9 + value * 0.1 or value end

-- Takes a waiting item out of where it waits; `started`: somebody gets it, which is what expected waits are learnt from.
function R.unqueue(it, started)
  local q = R.queue(it.f.q)
  if it.f.kp ~= '' then
    local ag = R.agent(it.f.kp)
    call('ZREM', R.K .. 'kp:' .. ag.id, it.id)
    call('SREM', R.K .. 'kq:' .. q.id, it.id)
    R.setNumber(ag, 'kp', R.num(ag, 'kp') - 1)
    R.set(it, 'kp', '')
  else
    R.removeWaiting(it)
  end
  if it.f.tr == '1' then call('ZREM', R.K .. 'tm', 'r' .. it.id); R.set(it, 'tr', '') end
  if started and it.f.ew ~= '' then
    local since, expected, l = R.num(it, 'qd'), R.num(it, 'ew'), R.learning(q.id)
    l.interval = R.smooth(l.interval, R.now - math.max(l.last, since))
    l.last = R.now
    l.off = expected < 0 and (l.off or 0) or R.smooth(l.off, math.abs(R.now - since - expected))
    R.teach(l)
    R.set(it, 'ew', '')
  end
end

function R.hold(it, ag)
  R.load(ag, R.class(it.f.sid), 1)
  R.idleFromNow(ag)
  R.set(it, 'ag', ag.id)
  R.take(ag, it.id)
end

-- Whoever gets an item gets it under a new id; as text, a later one is always larger, so that what is written late can be told from what is new.
function R.stamp(it)
  R.turn = R.turn + 1
  local id = it.id .. '~' .. R.epoch .. '-' .. string.format('%012d', R.turn)
  R.set(it, 'of', id)
  return id
end

function R.assign(it, ag, by)
  R.set(it, 's', 'A')
  R.set(ag, 'ms', '0')
  R.emit('assigned', it.id, it.f.v, ag.id, it.f.of, by, R.now)
  if it.f.to ~= '' then R.takeOver(it, ag) end
end

-- Who takes an invitation to take over gets the item it is about in the same step; its holder lets go only now. Where the two
-- weigh differently, both people may have room for more.
function R.takeOver(it, ag)
  local main = R.item(it.f.to)
  local held = main and main.f.s ~= 'W' and main.f.s ~= 'O' and main.f.ag ~= ag.id
  R.release(it)
  R.emit('left', it.id, it.f.v, held and 'taken-over' or 'stale', R.now)
  R.forget(it)
  if not held then return R.fill(ag) end
  local giver = R.release(main)
  R.stamp(main)
  R.hold(main, ag)
  R.set(main, 's', 'A')
  R.emit('handed-over', main.id, main.f.v, main.f.of, giver.id, ag.id, R.now)
  R.fill(ag)
  R.fill(giver)
end

function R.offer(it, ag, kept)
  kept = kept or (it.f.s == 'W' and it.f.kp == ag.id)
  local aside = R.roomFor(ag, R.class(it.f.sid)) == 'aside'
  if it.f.s == 'W' then R.unqueue(it, true) end
  local id, expires = R.stamp(it), R.now + R.num(it, 'os')
  R.hold(it, ag)
  R.setNumber(ag, 'tn', R.turn)
  R.set(it, 's', 'O')
  R.emit('offer', it.id, it.f.v, id, ag.id, it.f.q, R.num(it, 'rg'), R.now, expires, R.roster, kept and 1 or 0, aside and 1 or 0)
  if it.f.aa == '1' then return R.assign(it, ag, 'auto') end
  R.setNumber(it, 'ex', expires)
  R.timer(it.f.ex, 'o' .. it.id)
end

-- Lets go of an item; its agent's lists are brought up to date by whoever calls (fill or publish).
function R.release(it)
  local ag = R.agent(it.f.ag)
  if it.f.s == 'O' then call('ZREM', R.K .. 'tm', 'o' .. it.id) end
  if it.f.s == 'Y' then call('ZREM', R.K .. 'wk:' .. ag.id, it.id); R.setNumber(ag, 'wk', R.num(ag, 'wk') - 1) end
  if it.f.s == 'O' or it.f.s == 'A' then R.load(ag, R.class(it.f.sid), -1) end
  R.letGo(ag, it.id)
  R.set(it, 'ag', ''); R.set(it, 'of', '')
  return ag
end
