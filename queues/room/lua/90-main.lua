-- A shut room refuses everything but being rebuilt; an open one settles what is due, carries out the call and writes what changed.
local op, code, detail = ARGV[1], nil, nil
local args = {}
for i = 3, #ARGV do args[i - 2] = ARGV[i] end
if R.shut[op] then
  code, detail = R.shut[op](args)
  R.flush()
elseif not R.open then
  code, detail = 'starting', 'closed'
else
  R.settle()
  if R.ops[op] then code, detail = R.ops[op](args) end
  R.flush()
end
return { code or '', detail or '', R.decisions }
