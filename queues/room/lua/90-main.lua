-- Settles what is due and carries out one call.
function R.work(op, args)
  R.settle()
  if R.ops[op] then return R.ops[op](args) end
end

-- a: per call, the number of what it says, then its operation, its moment and the rest. Answers what each call alone would.
function R.several(a)
  local answers, i = {}, 1
  while i <= #a do
    local last = i + tonumber(a[i])
    R.clock(a[i + 2])
    R.decisions = {}
    local code, detail = R.work(a[i + 1], { unpack(a, i + 3, last) })
    answers[#answers + 1] = { code or '', detail or '', R.decisions }
    i = last + 1
  end
  R.flush()
  return answers
end

-- Calls that break off have written only half: the room is shut, so that the next one rebuilds it from the store.
function R.shutAfter(fault)
  R.rooms[R.META] = nil
  R.forgetRoom()
  call('HSET', R.META, 'head', '', 'open', '0')
  return { 'broken', type(fault) == 'table' and fault.err or tostring(fault), {} }
end

-- A step of rebuilding: operation, moment and the rest.
function R.rebuilding(op, a)
  R.forgetRoom()
  R.recall()
  local code, detail = R.shut[op](a)
  R.flush()
  return { code or '', detail or '', R.decisions }
end

-- A shut room refuses everything but being rebuilt.
redis.register_function(NAME, function(keys, argv)
  R.begin(keys[1], argv[2])
  local op, args = argv[1], nil
  if #argv < 1000 then args = { unpack(argv, 3) } else
    args = {}
    for i = 3, #argv do args[i - 2] = argv[i] end
  end
  if R.shut[op] then return R.rebuilding(op, args) end
  if not R.open then return { 'starting', 'closed', {} } end
  local whole, answers = pcall(R.several, args)
  return whole and answers or R.shutAfter(answers)
end)
