// The explorer: a page to try queries with, made of nothing but itself. Served outside production only.

const examples = {
  Worklist: `query Worklist {
  cases(first: 10, filter: { status: { eq: OPEN } }, orderBy: [{ field: OVERDUE_SINCE, direction: ASC, nulls: LAST }]) {
    totalCount
    nodes { id ref stage daysPastDue qualityClass exposures { currency overdue { amount currency } } borrower { name jurisdiction } lastEntry { type summary } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  'One case': `query OneCase($id: ID!) {
  case(id: $id) {
    ref stage version daysPastDue legalEligible sequence
    borrower { name nationalId contactPoints { channel value } }
    loans(first: 5) { nodes { id accountNo daysPastDue bucket qualityClass overdue { amount currency } instalments { number dueOn outstanding { amount } } } }
    bureauFlags { state version asOf daysPastDue }
    handoffs(first: 10) { nodes { connectorId operation state lastProblem } }
    timeline(last: 20) { nodes { sequence type summary actor recordedAt } }
    availableActions { name allowed reasons }
  }
}`,
  Partners: `query Partners {
  connectors(first: 10) { nodes { connectorId kind queuedHandoffs breaker { operation state since failureRate queuedHandoffs } } }
}`,
  'Hand to a law firm': `mutation Instruct($id: ID!, $key: String!) {
  instructLawFirm(input: { caseId: $id, lawFirmId: "harbor-legal", idempotencyKey: $key }) {
    case { ref stage } handoff { id state } matter { id state evidence { name sha256 } }
    userErrors { code message }
  }
}`,
};

export const exampleQueries: Readonly<Record<string, string>> = examples;

export const explorerPage = (tokens: Record<string, string>): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Casegraph explorer</title>
<style>
:root{color-scheme:light dark;--line:#8883;--accent:#2563eb;--soft:#8881}
*{box-sizing:border-box}body{margin:0;font:14px/1.45 system-ui,sans-serif;height:100vh;display:grid;grid-template-rows:auto 1fr}
header{display:flex;gap:.6rem;align-items:center;padding:.6rem 1rem;border-bottom:1px solid var(--line);flex-wrap:wrap}h1{font-size:1rem;margin:0 .6rem 0 0}
button,select,input{font:inherit;padding:.3rem .7rem;border:1px solid var(--line);border-radius:7px;background:transparent;color:inherit}button{cursor:pointer}button:hover{border-color:var(--accent)}
button.run{background:var(--accent);color:#fff;border-color:var(--accent)}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr) 20rem;min-height:0}main>section{border-right:1px solid var(--line);display:flex;flex-direction:column;min-height:0}
textarea{flex:1;border:0;resize:none;padding:1rem;font:13px/1.5 ui-monospace,monospace;background:transparent;color:inherit;outline:none}textarea#variables{flex:0 0 7rem;border-top:1px solid var(--line)}
pre{flex:1;overflow:auto;margin:0;padding:1rem;font:12.5px/1.5 ui-monospace,monospace;white-space:pre-wrap;word-break:break-word}
.bar{padding:.35rem 1rem;border-bottom:1px solid var(--line);background:var(--soft);display:flex;gap:1rem}#docs{overflow:auto;padding:.6rem 1rem;font-size:13px}#docs summary{cursor:pointer;font-weight:600}#docs div{padding:.15rem 0 .15rem .8rem}#docs small{opacity:.7}
#token{flex:1;min-width:10rem}@media(max-width:900px){main{grid-template-columns:1fr;grid-auto-rows:60vh}}
</style></head><body>
<header><h1>Casegraph</h1><select id="role" aria-label="role"><option value="">token…</option></select><input id="token" placeholder="bearer token" aria-label="bearer token"><select id="purpose" aria-label="purpose"></select>
<select id="example" aria-label="examples"></select><button class="run" id="run" title="Ctrl + Enter">Run</button><button id="live" title="caseChanged of the case in the variables">Live</button></header>
<main><section><textarea id="query" spellcheck="false" aria-label="query"></textarea><textarea id="variables" spellcheck="false" aria-label="variables">{}</textarea></section>
<section><div class="bar"><span id="status">ready</span></div><pre id="result"></pre></section><section id="side"><div class="bar"><input id="search" placeholder="search the schema" aria-label="search the schema" style="width:100%"></div><div id="docs"></div></section></main>
<script>
const tokens=${JSON.stringify(tokens).replaceAll('<', '\\u003c')},examples=${JSON.stringify(examples).replaceAll('<', '\\u003c')};
const el=id=>document.getElementById(id);const say=t=>el('status').textContent=t;
for(const p of ['litigation','collection','bureau-reporting','audit',''])el('purpose').append(new Option(p||'no purpose',p));for(const r in tokens)el('role').append(new Option(r,r));for(const e in examples)el('example').append(new Option(e,e));
const given=new URLSearchParams(location.hash.slice(1)).get('token');el('token').value=given||sessionStorage.token||'';el('query').value=examples.Worklist;
el('role').onchange=()=>{el('token').value=tokens[el('role').value]||'';remember();docs()};el('token').onchange=()=>{remember();docs()};el('example').onchange=()=>el('query').value=examples[el('example').value];
function remember(){sessionStorage.token=el('token').value}
if(!el('token').value&&tokens.legal){el('role').value='legal';el('role').onchange()}else docs();
const who=()=>({authorization:'Bearer '+el('token').value,...(el('purpose').value?{'x-purpose':el('purpose').value}:{})});
const ask=(query,variables)=>fetch('/graphql',{method:'POST',headers:{'content-type':'application/json',...who()},body:JSON.stringify({query,variables})});
function variables(){try{return JSON.parse(el('variables').value||'{}')}catch(e){throw new Error('The variables are not JSON: '+e.message)}}
async function run(){const t=performance.now();say('running…');try{const r=await ask(el('query').value,variables());const text=await r.text();say(r.status+' · '+Math.round(performance.now()-t)+' ms · '+text.length+' bytes');
let shown=text;try{shown=JSON.stringify(JSON.parse(text),null,2)}catch{}el('result').textContent=shown;const id=/"id": "(case_[0-9a-z]+)"/.exec(shown);if(id&&el('variables').value.trim()==='{}')el('variables').value=JSON.stringify({id:id[1],key:crypto.randomUUID()},null,2)}catch(e){say(e.message)}}
let stream;el('live').onclick=async()=>{if(stream){stream.abort();stream=null;return say('live: stopped')}try{const{id}=variables();if(!id)return say('live: put the id of a case into the variables');stream=new AbortController();el('result').textContent='';
const r=await fetch('/graphql/stream',{method:'POST',signal:stream.signal,headers:{'content-type':'application/json',accept:'text/event-stream',...who()},body:JSON.stringify({query:'subscription Live($id: ID!) { caseChanged(id: $id) { sequence entry { type summary actor } case { stage version } } }',variables:{id}})});
if(!r.ok||!r.body)return say('live: '+r.status+' '+await r.text());say('live: listening to '+id);const reader=r.body.pipeThrough(new TextDecoderStream()).getReader();for(;;){const{done,value}=await reader.read();if(done)break;const data=value.split('\\n').filter(l=>l.startsWith('data:')).map(l=>l.slice(5)).join('\\n');if(data.trim())el('result').textContent+=data+'\\n'}say('live: ended')}catch(e){if(e.name!=='AbortError')say('live: '+e.message)}};
el('run').onclick=run;document.addEventListener('keydown',e=>{if(e.key==='Enter'&&(e.ctrlKey||e.metaKey))run()});
el('query').addEventListener('keydown',e=>{if(e.key==='Tab'){e.preventDefault();const q=e.target,s=q.selectionStart;q.setRangeText('  ',s,q.selectionEnd,'end')}});
const typeText=t=>t.kind==='NON_NULL'?typeText(t.ofType)+'!':t.kind==='LIST'?'['+typeText(t.ofType)+']':t.name;let types=[];
async function docs(){if(!el('token').value)return;const r=await ask('{__schema{types{name kind description fields{name description type{...T} args{name type{...T}}} inputFields{name type{...T}} enumValues{name}}}} fragment T on __Type{kind name ofType{kind name ofType{kind name ofType{kind name}}}}');const b=await r.json();if(!b.data){el('docs').textContent=b.errors&&b.errors[0].message||'';return}types=b.data.__schema.types.filter(t=>!t.name.startsWith('__'));
const first=['Query','Mutation','Subscription','RecoveryCase','Loan','Borrower','Handoff'];types.sort((a,b)=>(first.indexOf(a.name)+99)%99-(first.indexOf(b.name)+99)%99||a.name.localeCompare(b.name));draw()}
function draw(){const q=el('search').value.toLowerCase();el('docs').replaceChildren(...types.filter(t=>!q||t.name.toLowerCase().includes(q)||(t.fields||[]).some(f=>f.name.toLowerCase().includes(q))).map(t=>{const d=document.createElement('details');const s=document.createElement('summary');s.textContent=t.name;d.append(s);d.open=!!q;
const lines=t.fields?t.fields.map(f=>[f.name+(f.args.length?'('+f.args.map(a=>a.name+': '+typeText(a.type)).join(', ')+')':'')+': '+typeText(f.type),f.description]):t.inputFields?t.inputFields.map(f=>[f.name+': '+typeText(f.type)]):(t.enumValues||[]).map(v=>[v.name]);
for(const[text,about]of[[t.description||'' ],...lines]){if(!text)continue;const row=document.createElement('div');row.textContent=text;if(about){const sm=document.createElement('small');sm.textContent=' — '+about;row.append(sm)}d.append(row)}return d}))}
el('search').oninput=draw;
</script></body></html>`;
