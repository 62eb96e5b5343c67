-- Rebuilding behind a fence. Beginning starts a new generation of keys, so nothing of the old one can be matched again; only the builder whose
-- token is noted may load, and the room opens under a new epoch when everything is there.
local shut = {}
local function clock() return tonumber(call('TIME')[1]) end

shut.begin = function(a)
  local by = call('HMGET', META, 'by', 'bt')
  if by[1] and by[1] ~= '' and by[1] ~= a[1] and tonumber(by[2]) > clock() - 15 then return 'starting', 'building' end
  if open and a[2] == '1' then return 'duplicate', 'open' end
  call('HSET', META, 'open', '0', 'gen', tonumber(meta[2] or 0) + 1, 'by', a[1], 'bt', clock())
end

local function mine(token)
  if call('HGET', META, 'by') ~= token then return false end
  call('HSET', META, 'bt', clock())
  return true
end

-- a: token, state, reason, idleSince, then as setAgent
shut.loadAgent = function(a)
  if not mine(a[1]) then return 'starting', 'building' end
  local ag = agent(a[5])
  if not ag then ops.setAgent({ unpack(a, 5) }); ag = agent(a[5]) end
  set(ag, 'st', a[2]); set(ag, 'rs', a[3]); set(ag, 'id', a[4]); set(ag, 'sc', a[4])
end

shut.loadQueue = function(a)
  if not mine(a[1]) then return 'starting', 'building' end
  ops.setQueue({ unpack(a, 2) })
end

-- a: token, then per item: number of what follows, owner or '', asleep, then as arrive
shut.loadItems = function(a)
  if not mine(a[1]) then return 'starting', 'building' end
  local i = 2
  while i <= #a do
    local n = tonumber(a[i])
    local holder, asleep = a[i + 1], a[i + 2]
    local one = { unpack(a, i + 3, i + n) }
    i = i + n + 1
    if not item(one[1]) and queue(one[3]) then
      local it, ag = create(one), holder ~= '' and agent(holder) or nil
      if ag then
        local r, sid = ringOf(it)
        set(it, 'rg', r); set(it, 'sid', sid)
        set(it, 's', asleep == '1' and 'Z' or 'A'); set(it, 'ag', ag.id)
        if asleep ~= '1' then load(ag, class(sid), 1) end
        call('ZADD', K .. 'h:' .. ag.id, 0, it.id)
      else
        set(it, 'qd', it.f.at) -- its wait began elsewhere: nothing is learnt from it
        place(it, true)
      end
    end
  end
  decisions = {}
end

-- a: token, epoch
shut.finish = function(a)
  if not mine(a[1]) then return 'starting', 'building' end
  call('HSET', META, 'open', '1', 'by', '', 'epoch', a[2], 'run', RUN)
  epoch = a[2]
  rematch()
end
