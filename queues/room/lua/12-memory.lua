-- What is remembered of a room from call to call: its agents, what they hold, the heads of its sets, what queues have learnt, the next moment
-- something falls due. It is what stands in Redis as long as nobody else wrote there: the room notes who wrote last, a library in a run of a
-- server, and whoever finds another name begins with an empty memory. So does a room rebuilt, and one whose call broke off. An entity is some
-- 2 kB; a room that holds more than so many begins anew.
local most = 20000

function R.recall(who)
  local memory = R.memories[R.META]
  if not (memory and who == R.me and memory.gen == R.known.gen and R.open and memory.count < most) then
    memory = { gen = R.known.gen, items = {}, agents = {}, heads = {}, learnt = {}, count = 0 }
    if R.open then R.memories[R.META] = memory end
  end
  R.memory, R.items, R.agents, R.heads, R.learnt = memory, memory.items, memory.agents, memory.heads, memory.learnt
  R.newcomer, R.seen, R.taught = who ~= R.me, {}, {}
end
function R.forgetRoom() R.memories[R.META] = nil end

-- What a call has looked at or changed, to be written and tidied up at its end.
function R.note(e)
  if e.noted then return end
  e.noted = true
  R.seen[#R.seen + 1] = e
end

-- A field never written is '', which counts as 0. Fields are named here and stand at places in the list that is kept (record.ts).
function R.read(cache, kind, key, id)
  local e = cache[id]
  if e then return not e.gone and e or nil end
  key = R.K .. key .. id
  local text = call('GET', key)
  if not text then return nil end
  return R.keep(cache, { id = id, key = key, f = cjson.decode(text), kind = kind, new = false, gone = false, noted = false, dirty = false })
end
function R.keep(cache, e)
  cache[e.id] = e
  R.memory.count = R.memory.count + 1
  R.note(e)
  return e
end
function R.item(id) return R.read(R.items, R.itemsKind, 'i:', id) end
function R.agent(id) return R.read(R.agents, R.agentsKind, 'a:', id) end
function R.fresh(cache, kind, key, id)
  local gone = cache[id]
  return R.keep(cache, { id = id, key = R.K .. key .. id, f = kind.blank(), kind = kind, new = not gone or gone.new, gone = false, noted = false, dirty = false })
end
function R.change(e)
  e.dirty = true
  R.note(e)
end
function R.set(e, field, text)
  local f = e.f
  if f[field] == text then return end
  f[field] = text
  R.change(e)
end
function R.setNumber(e, field, value) R.set(e, field, R.text(value)) end
function R.setUnless(e, field, value, usual)
  if value ~= usual or e.f[field] ~= '' then R.set(e, field, value) end
end
function R.num(e, field)
  local text = e.f[field]
  return R.numbers[text] or tonumber(text) or 0
end
function R.drop(e)
  e.gone = true
  R.change(e)
end

function R.queue(id)
  local q = R.known.queues[id]
  if q then return q end
  local r = call('HMGET', R.K .. 'q:' .. id, 'order', 'sel', 'pull', 'cd', 'miss', 'boost')
  if not r[1] then return nil end
  q = { id = id, order = r[1], sel = r[2], pull = r[3] == '1', cd = tonumber(r[4]), miss = tonumber(r[5]), boost = tonumber(r[6]) }
  R.known.queues[id] = q
  return q
end
-- What a queue has learnt about its waits: mean time between starts, moment of the last one, how far expectations were off.
function R.learning(id)
  local l = R.learnt[id]
  if l then return l end
  local r = call('HMGET', R.K .. 'q:' .. id, 'iv', 'ls', 'off')
  l = { id = id, interval = r[1] and tonumber(r[1]), last = tonumber(r[2] or 0), off = r[3] and tonumber(r[3]) }
  R.learnt[id] = l
  return l
end
function R.teach(l)
  if l.taught then return end
  l.taught = true
  R.taught[#R.taught + 1] = l
end

-- When something falls due; nothing is looked up before the first of them.
function R.timer(at, member)
  call('ZADD', R.K .. 'tm', at, member)
  at = tonumber(at)
  if R.memory.due and at < R.memory.due then R.memory.due = at end
end

-- What waits is not kept: there may be any number of it. `sets` and `dels`: what is written at once.
function R.writeDown(e, sets, dels)
  if e.gone then
    if not e.new then dels[#dels + 1] = e.key end
  elseif e.dirty then
    local n = #sets
    sets[n + 1], sets[n + 2] = e.key, cjson.encode(e.f)
  end
  e.noted, e.dirty, e.new = false, false, false
  if e.touched then e.touched = false end
  local cache = e.kind == R.itemsKind and R.items or R.agents
  if (e.gone or e.f.s == 'W') then
    R.memory.count = R.memory.count - 1
    if cache[e.id] == e then cache[e.id] = nil end
  end
end
-- A command with any number of arguments; Lua unpacks only some thousands at once.
function R.withAll(command, args)
  for from = 1, #args, 1000 do call(command, unpack(args, from, math.min(from + 999, #args))) end
end
function R.flush()
  local sets, dels = {}, {}
  for i = 1, #R.seen do R.writeDown(R.seen[i], sets, dels) end
  R.withAll('DEL', dels)
  R.withAll('MSET', sets)
  for i = 1, #R.taught do
    local l = R.taught[i]
    l.taught = nil
    call('HSET', R.K .. 'q:' .. l.id, 'iv', string.format('%.2f', l.interval), 'ls', R.text(l.last), 'off', string.format('%.2f', l.off))
  end
  if R.turn ~= R.turn0 then
    if R.roster ~= R.roster0 then call('HSET', R.META, 'turn', R.turn, 'roster', R.roster) else call('HSET', R.META, 'turn', R.turn) end
  elseif R.roster ~= R.roster0 then call('HSET', R.META, 'roster', R.roster) end
  if R.newcomer and R.open then call('HSET', R.META, 'who', R.me) end
end
