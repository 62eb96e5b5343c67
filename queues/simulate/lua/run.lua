-- Discrete-event simulation of one room in virtual time, instead of the usual last part: the same functions decide, this file only plays the
-- customers and the agents. One call takes a batch of arrivals and leaves what is still to happen for the next one.
-- ARGV: 'run', now, number of templates, places to wait (-1: no end), 1 when timers matter, agents' speeds "id=factor;…",
--       per template: number of fields, the fields of 'arrive' (id and arrival are filled in; a deadline 'r60000' counts from arrival), milliseconds until an offer is accepted;
--       then per arrival: number, moment, template, service time at speed 1, patience (-1: endless); or, with template 0, an agent's place in
--       the speeds and 1 when their shift begins, 0 when it ends.
-- Answer: per item that ended its wait: number, code (agent's place in the speeds, 0 gave up, -1 no place), wait in thousandths of a millisecond.
redis.register_function(NAME, function(KEYS, ARGV)
R.begin(KEYS[1], ARGV[2])
local heap, size = {}, 0
local function push(event)
  size = size + 1
  local i = size
  while i > 1 do
    local up = math.floor(i / 2)
    if heap[up][1] <= event[1] then break end
    heap[i] = heap[up]
    i = up
  end
  heap[i] = event
end
local function pop()
  local top, last = heap[1], heap[size]
  heap[size] = nil
  size = size - 1
  local i = 1
  while 2 * i <= size do
    local down = 2 * i
    if down < size and heap[down + 1][1] < heap[down][1] then down = down + 1 end
    if heap[down][1] >= last[1] then break end
    heap[i] = heap[down]
    i = down
  end
  if size > 0 then heap[i] = last end
  return top
end

local places, timed = tonumber(ARGV[4]), ARGV[5] == '1'
local speed, place_of, ids, count = {}, {}, {}, 0
for id, factor in ARGV[6]:gmatch('([^=;]+)=([^;]+);') do
  count = count + 1
  speed[id] = tonumber(factor)
  place_of[id] = count
  ids[count] = id
end
local at, templates, answer = 7, {}, {}
for t = 1, tonumber(ARGV[3]) do
  local n = tonumber(ARGV[at])
  local fields = {}
  for i = 1, n do fields[i] = ARGV[at + i] end
  fields.due = tonumber(fields[9]:match('^r(.*)$'))
  templates[t] = fields
  answer[t] = tonumber(ARGV[at + n + 1])
  at = at + n + 2
end

-- What is under way: per item its moment of arrival, service time and template; how many wait; the events to come.
local kept = call('GET', R.K .. 'sim')
local live, waiting = {}, 0
if kept then
  local state = cmsgpack.unpack(kept)
  live, waiting, heap = state.live, state.waiting, state.heap
  size = #heap
end
local out, n_out = {}, 0
local function report(n, code, wait)
  out[n_out + 1] = n; out[n_out + 2] = code; out[n_out + 3] = math.floor(wait * 1000 + 0.5)
  n_out = n_out + 3
end

local DONE, LEAVE, ACCEPT = 1, 2, 3
local function follow()
  for i = 1, #R.decisions do
    local d = R.decisions[i]
    local one = live[d[2]]
    if d[1] == 'queued' then
      waiting = waiting + 1
      one.w = true
    elseif d[1] == 'offer' then
      if one.w then waiting = waiting - 1; one.w = false end
      if answer[one.t] >= 0 then push({ R.now + answer[one.t], ACCEPT, d[4], d[5] }) end
    elseif d[1] == 'assigned' then
      if one.w then waiting = waiting - 1; one.w = false end
      one.started = true
      report(one.n, place_of[d[4]], R.now - one.at)
      push({ R.now + one.s / speed[d[4]], DONE, d[2], d[4] })
    elseif d[1] == 'released' or d[1] == 'relaxed' then
      if one.w then waiting = waiting - 1; one.w = false end
    end
  end
  R.decisions = {}
end
local function forgetItem(id)
  live[id] = nil
  local e = R.items[id]
  if e and e.new then R.items[id] = nil end
end
local function handle(event)
  local kind, id = event[2], event[3]
  if kind == DONE then
    R.ops.done({ id, event[4], '0' })
    forgetItem(id)
  elseif kind == LEAVE then
    local one = live[id]
    if not one or one.started then return end
    if R.ops.leave({ id, 'left' }) then return end
    if one.w then waiting = waiting - 1 end
    report(one.n, 0, R.now - one.at)
    forgetItem(id)
  else
    R.ops.accept({ id, event[4] })
  end
  follow()
end
local function advance(untilMs)
  while true do
    local nextAt = size > 0 and heap[1][1] or math.huge
    if timed then
      local nextDue = call('ZRANGE', R.K .. 'tm', 0, 0, 'WITHSCORES')[2]
      if nextDue and tonumber(nextDue) <= nextAt and tonumber(nextDue) <= untilMs then
        R.clock(math.max(R.now, tonumber(nextDue)))
        R.settle()
        follow()
        nextAt = -1
      end
    end
    if nextAt > untilMs or nextAt == math.huge then break end
    if nextAt >= 0 then
      local event = pop()
      R.clock(event[1])
      handle(event)
    end
  end
end

local function arrive(n, t)
  local id = 's' .. n
  local fields = templates[t]
  fields[1] = id; fields[6] = ARGV[at + 1]
  if fields.due then fields[9] = R.text(R.now + fields.due) end
  live[id] = { n = n, at = R.now, s = tonumber(ARGV[at + 3]), t = t }
  R.ops.arrive(fields)
  follow()
  local patience = tonumber(ARGV[at + 4])
  if places >= 0 and waiting > places then
    R.ops.leave({ id, 'full' })
    R.decisions = {}
    waiting = waiting - 1
    report(n, -1, 0)
    forgetItem(id)
  elseif patience >= 0 and not live[id].started then
    push({ R.now + patience, LEAVE, id })
  end
end
while at <= #ARGV do
  local n, moment, t = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  advance(moment)
  R.clock(moment)
  if t > 0 then arrive(n, t)
  else
    R.ops.setState({ ids[tonumber(ARGV[at + 3])], ARGV[at + 4] == '1' and 'available' or 'offline', '' })
    follow()
  end
  at = at + 5
end
if ARGV[2] == 'end' then advance(math.huge) end
R.flush()
call('SET', R.K .. 'sim', cmsgpack.pack({ live = live, waiting = waiting, heap = heap }))
return out
end)
