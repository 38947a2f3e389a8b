// Assertions about who may talk to whom. README.md in this directory shows the language by example.
// One statement a line; a line may end after a comma, and before the words to, on, over, because, where, and, except, may,
// http, header, dns and sni.
grammar Flow;

file
    : NEWLINE? (statement NEWLINE?)* EOF
    ;

statement
    : definition
    | test
    ;

definition
    : 'let' name=WORD '=' set
    ;

test
    : 'test' title=STRING NEWLINE? '{' NEWLINE? (assertion NEWLINE?)* '}'
    ;

assertion
    : verdict=('allow' | 'deny') NEWLINE? 'from' source=quantified NEWLINE? 'to' destination=quantified conditions   # reach
    | 'only' set NEWLINE? 'may' 'reach' destination=quantified conditions                                           # exclusive
    ;

conditions
    : (NEWLINE? 'on' ports)? (NEWLINE? 'over' family=('IPv4' | 'IPv6'))? (NEWLINE? request)? (NEWLINE? 'because' reason)?
    ;

quantified
    : quantifier=('all' | 'any')? set
    ;

// What is behind 'except' is taken away from all that is before it.
set
    : sum (NEWLINE? 'except' sum)?
    ;

sum
    : term (',' NEWLINE? term)*
    ;

term
    : 'optional'? primary
    ;

primary
    : 'pods' ('in' scope)? (NEWLINE? 'where' labels)?       # pods
    | 'workload' reference=word                             # workload
    | 'pod' reference=word                                  # pod
    | 'service' reference=word                              # service
    | 'node' reference=word                                 # node
    | 'nodes' (NEWLINE? 'where' labels)?                    # nodes
    | 'cidr' block=word                                     # cidr
    | 'ip' address=word                                     # address
    | 'dns' host=word                                       # dnsName
    | 'anything'                                            # anything
    | 'nothing'                                             # nothing
    | '(' NEWLINE? set NEWLINE? ')'                         # group
    | WORD                                                  # name
    ;

scope
    : 'namespaces' 'with' labels                            # selectedNamespaces
    | word                                                  # oneNamespace
    ;

labels
    : label (NEWLINE? 'and' label)*
    ;

label
    : key=word operator=('=' | '!=') value                              # equality
    | key=word operator=('in' | 'notin') '(' value (',' value)* ')'     # membership
    | '!' key=word                                                      # absence
    | key=word                                                          # presence
    ;

value
    : word
    | STRING
    ;

ports
    : port (',' NEWLINE? port)*
    ;

port
    : protocol (NUMBER | RANGE)?
    | NUMBER
    | RANGE
    ;

protocol
    : 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6'
    | 'protocol' NUMBER
    ;

request
    : 'http' STRING (NEWLINE? 'header' STRING)*     # http
    | 'dns' STRING                                  # query
    | 'sni' STRING                                  # serverName
    ;

// A policy, as KIND NAMESPACE/NAME PLACE with the kind and the place left out at will, or a word such as default-deny.
reason
    : word word? word?
    ;

// Every keyword is a name where a name is expected.
word
    : WORD | NUMBER | RANGE
    | 'let' | 'test' | 'allow' | 'deny' | 'only' | 'from' | 'to' | 'on' | 'over' | 'may' | 'reach' | 'because' | 'all' | 'any'
    | 'optional' | 'except' | 'pods' | 'in' | 'notin' | 'where' | 'with' | 'and' | 'workload' | 'pod' | 'service' | 'node'
    | 'nodes' | 'namespaces' | 'cidr' | 'ip' | 'dns' | 'anything' | 'nothing' | 'protocol' | 'http' | 'header' | 'sni'
    | 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6' | 'IPv4' | 'IPv6'
    ;

// One line end, with the blank lines and comments around it.
NEWLINE : ('#' ~[\r\n]*)? [\r\n] ([ \t\r\n] | '#' ~[\r\n]*)* ;
COMMENT : '#' ~[\r\n]* -> skip ;
SPACE : [ \t]+ -> skip ;
STRING : '"' (~["\\\u0000-\u001F\u007F-\u009F\u2028\u2029] | '\\' ["\\])* '"' ;
NUMBER : [0-9]+ ;
RANGE : [0-9]+ '-' [0-9]+ ;
WORD : [A-Za-z0-9_.:*] [A-Za-z0-9_.:*/[\]-]* ;
// What no other token takes, so that the parser reports it like any other surprise.
UNCLOSED : '"' ~["\r\n]* ;
OTHER : . ;
