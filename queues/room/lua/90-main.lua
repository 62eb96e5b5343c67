-- A shut room refuses everything but being rebuilt; an open one settles what is due, carries out the call and writes what changed.
local op, code, detail = ARGV[1], nil, nil
local args = {}
for i = 3, #ARGV do args[i - 2] = ARGV[i] end
if shut[op] then
  code, detail = shut[op](args)
  flush()
elseif not open then
  code, detail = 'starting', 'closed'
else
  settle()
  if ops[op] then code, detail = ops[op](args) end
  flush()
end
return { code or '', detail or '', decisions }
