-- Rebuilding behind a fence. Beginning starts a new generation of keys, so nothing of the old one can be matched again; only the builder whose
-- token is noted may load, and the room opens under a new epoch when everything is there.
function R.seconds() return tonumber(call('TIME')[1]) end

R.shut.begin = function(a)
  local by = call('HMGET', R.META, 'by', 'bt')
  if by[1] and by[1] ~= '' and by[1] ~= a[1] and tonumber(by[2]) > R.seconds() - 15 then return 'starting', 'building' end
  if R.open and a[2] == '1' then return 'duplicate', 'open' end
  call('HSET', R.META, 'head', '', 'open', '0', 'gen', tonumber(R.known.gen) + 1, 'by', a[1], 'bt', R.seconds())
end

function R.mine(token)
  if call('HGET', R.META, 'by') ~= token then return false end
  call('HSET', R.META, 'bt', R.seconds())
  return true
end

-- a: token, state, reason, idleSince, then as setAgent
R.shut.loadAgent = function(a)
  if not R.mine(a[1]) then return 'starting', 'building' end
  local ag = R.agent(a[5])
  if not ag then R.ops.setAgent({ unpack(a, 5) }); ag = R.agent(a[5]) end
  R.set(ag, 'st', a[2]); R.set(ag, 'rs', a[3]); R.set(ag, 'id', a[4]); R.set(ag, 'sc', a[4])
end

R.shut.loadQueue = function(a)
  if not R.mine(a[1]) then return 'starting', 'building' end
  R.ops.setQueue({ unpack(a, 2) })
end

-- a: token, then per item: number of what follows, owner or '', asleep, then as arrive
R.shut.loadItems = function(a)
  if not R.mine(a[1]) then return 'starting', 'building' end
  local i = 2
  while i <= #a do
    local n = tonumber(a[i])
    local holder, asleep = a[i + 1], a[i + 2]
    local one = { unpack(a, i + 3, i + n) }
    i = i + n + 1
    if not R.item(one[1]) and R.queue(one[3]) then
      local it, ag = R.create(one), holder ~= '' and R.agent(holder) or nil
      if ag then
        local r, sid = R.ringOf(it)
        R.setNumber(it, 'rg', r); R.set(it, 'sid', sid)
        R.set(it, 's', asleep == '1' and 'Z' or 'A'); R.set(it, 'ag', ag.id)
        if asleep ~= '1' then R.load(ag, R.class(sid), 1) end
        R.take(ag, it.id)
      else
        R.set(it, 'qd', it.f.at) -- its wait began elsewhere: nothing is learnt from it
        R.place(it, true)
      end
    end
  end
  R.decisions = {}
end

-- a: token, epoch
R.shut.finish = function(a)
  if not R.mine(a[1]) then return 'starting', 'building' end
  call('HSET', R.META, 'open', '1', 'by', '', 'epoch', a[2], 'run', R.run)
  R.epoch = a[2]
  call('HSET', R.META, 'head', R.newHead())
  R.rematch()
end
