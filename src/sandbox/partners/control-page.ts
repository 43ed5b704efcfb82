// The control page of a simulated partner: what it does and did, and switches and buttons that make it fail, heal or bring news. It loads nothing from elsewhere.
import { knobs } from './faults.js';
import type { PartnerSpec } from './spec.js';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Within a script element no text may end it. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const style = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--soft:color-mix(in srgb,currentColor 6%,transparent);--accent:#2563eb;--bad:#dc2626;--good:#15803d;--warn:#b45309}
@media (prefers-color-scheme:dark){:root{--accent:#60a5fa;--bad:#f87171;--good:#4ade80;--warn:#fbbf24}}
*{box-sizing:border-box}body{font:14px/1.5 system-ui,sans-serif;max-width:78rem;margin:0 auto;padding:1.5rem 1rem 4rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:baseline;margin-bottom:1rem}h1{font-size:1.35rem;margin:0}h2{font-size:1rem;margin:0 0 .6rem}h3{font-size:.8rem;margin:.2rem 0 .4rem;opacity:.75}
header p{margin:0;opacity:.7;flex:1 1 20rem}.pill{border-radius:99px;padding:.1rem .7rem;font-weight:600;border:1px solid currentColor}
.ok{color:var(--good)}.no{color:var(--bad)}.mid{color:var(--warn)}
section{border:1px solid var(--line);border-radius:12px;padding:1rem;margin:0 0 1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin-bottom:1rem}
.tile{border:1px solid var(--line);border-radius:12px;padding:.6rem .9rem}.tile b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:0 1.5rem}
.knob{display:flex;align-items:center;gap:.5rem;padding:.15rem .4rem;border-radius:7px}.knob.on{background:color-mix(in srgb,var(--bad) 14%,transparent)}
.knob label{flex:1;cursor:pointer}.knob input[type=number]{width:7.5rem}
input,select,textarea,button{font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:7px;padding:.2rem .5rem}
select option{background:Canvas;color:CanvasText}textarea{width:100%;min-height:5rem;font-family:ui-monospace,monospace;font-size:12px}
button{cursor:pointer;padding:.3rem .8rem}button:hover{border-color:var(--accent)}button.main{border-color:var(--accent);color:var(--accent)}button.heal{border-color:var(--good);color:var(--good)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:.6rem}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;font-weight:600;opacity:.75}td,th{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);white-space:nowrap}
.count{margin-right:1rem;font-variant-numeric:tabular-nums}code{font:12px ui-monospace,monospace}.none{opacity:.6;padding:.4rem 0}
dialog{border:1px solid var(--line);border-radius:12px;padding:1.2rem;width:min(40rem,92vw)}dialog::backdrop{background:#0006}`;

const script = `
const $=id=>document.getElementById(id);
const el=(tag,text,cls)=>{const e=document.createElement(tag);if(text!==undefined)e.textContent=text;if(cls)e.className=cls;return e};
const call=async(method,path,body)=>{const r=await fetch(path,{method,body:body&&JSON.stringify(body)});const said=await r.json();$('problem').textContent=r.ok?'':said.error;return said};
const faultPath=()=>'/control/fault'+($('scope').value?'?operation='+encodeURIComponent($('scope').value):'');
let state;
const setNow=()=>($('scope').value?state.faultsOf[$('scope').value]:state.faults)||{};
async function put(faults){await call('PUT',faultPath(),faults);await draw()}
async function change(name,value){const faults={...setNow()};if(value===undefined)delete faults[name];else faults[name]=value;await put(faults)}
function knob(name,k){const row=el('div',undefined,'knob');row.id='knob-'+name;const box=el('input');box.type='checkbox';box.id='on-'+name;const label=el('label',k.label);label.htmlFor=box.id;label.title=name;row.append(box,label);
let value=()=>true;if(k.kind==='number'){const n=el('input');n.type='number';n.id='value-'+name;n.value=k.usual;n.step='any';if(k.least!==undefined)n.min=k.least;if(k.most!==undefined)n.max=k.most;n.setAttribute('aria-label',k.label);row.append(n);value=()=>Number(n.value);n.onchange=()=>box.checked&&change(name,value())}
if(k.kind==='object'){const t=el('input');t.id='value-'+name;t.value=k.usual.code;t.size=22;t.setAttribute('aria-label','Code of the refusal');row.append(t);value=()=>({...k.usual,code:t.value});t.onchange=()=>box.checked&&change(name,value())}
box.onchange=()=>change(name,box.checked?value():undefined);return row}
const groups={};for(const[name,k]of Object.entries(knobs)){if(!groups[k.group]){groups[k.group]=el('div');groups[k.group].append(el('h3',k.group));$('knobs').append(groups[k.group])}groups[k.group].append(knob(name,k))}
for(const s of scopes)$('scope').append(new Option(s==='token'?'tokens only':s==='lookUp'?'look-ups only':s+' only',s));
$('scope').onchange=()=>draw();$('heal').onclick=async()=>{await call('DELETE','/control/fault');draw()};
$('reset').onclick=async()=>{if(confirm('Forget everything that this partner has done?')){await call('POST','/control/reset');draw()}};
let about;async function suggest(){$('data').value=JSON.stringify(await call('GET','/control/deliveries/'+about.deliveryId+'/steps/'+encodeURIComponent($('type').value)),null,2)}
async function open(e){about=e;$('what').textContent=e.operation+' '+e.ref+', '+e.deliveryId;$('type').replaceChildren(...e.steps.map(s=>new Option(s,s)));$('wrong').textContent='';await suggest();$('news').showModal()}
$('type').onchange=suggest;$('cancel').onclick=()=>$('news').close();
$('tell').onclick=async()=>{let data;try{data=JSON.parse($('data').value)}catch(e){$('wrong').textContent='The data is not JSON: '+e.message;return}
const r=await fetch('/control/deliveries/'+about.deliveryId+'/steps',{method:'POST',body:JSON.stringify({type:$('type').value,data})});if(!r.ok){$('wrong').textContent=(await r.json()).error;return}$('news').close();draw()};
const statusClass=s=>s>=200&&s<300?'ok':s===null?'mid':'no';
const fill=(id,rows,none,columns)=>{if(!rows.length){const tr=el('tr');const td=el('td',none,'none');td.colSpan=columns;tr.append(td);rows=[tr]}$(id).replaceChildren(...rows)};
const row=(...cells)=>{const tr=el('tr');for(const c of cells){const td=el('td');if(c instanceof Node)td.append(c);else td.textContent=c;tr.append(td)}return tr};
const code=t=>el('code',t);
async function draw(){try{state=await(await fetch('/control/state')).json()}catch{$('now').textContent='not reachable';$('now').className='pill no';return}
const told=f=>Object.entries(f).map(([k,v])=>v===true?k:k+' '+(v.code||v));const set=[...told(state.faults),...Object.entries(state.faultsOf).flatMap(([of,f])=>told(f).map(k=>of+': '+k))];
$('now').textContent=set.length?set.join(', '):'healthy';$('now').className='pill '+(set.length?'no':'ok');
const here=setNow();for(const[name,k]of Object.entries(knobs)){const on=name in here;$('on-'+name).checked=on;$('knob-'+name).classList.toggle('on',on);const v=$('value-'+name);if(on&&v&&document.activeElement!==v)v.value=k.kind==='object'?here[name].code:here[name]}
$('effects').textContent=state.effects;$('waiting').textContent=state.callbacksWaiting;let ok=0,bad=0;for(const c of Object.values(state.calls))for(const[s,n]of Object.entries(c))if(s[0]==='2')ok+=n;else bad+=n;$('good').textContent=ok;$('failed').textContent=bad;
fill('calls',Object.entries(state.calls).map(([of,c])=>{const cell=el('span');for(const[s,n]of Object.entries(c)){cell.append(el('span',s+' × '+n,'count '+statusClass(Number(s)||0)))}return row(of,cell)}),'It was not asked anything yet.',2);
fill('rows',state.newest.map(e=>{let b='';if(e.ref&&!e.about&&e.steps.length){b=el('button','Bring news…');b.onclick=()=>open(e)}return row(e.at.slice(11,19),e.operation,e.ref?code(e.ref):el('span','refused','no'),code(e.deliveryId),b)}),'No order came yet.',5);
fill('told',state.callbacks.map(t=>{const s=t.lastStatus===null?'…':t.lastStatus===0?'not reached':String(t.lastStatus);return row(t.at.slice(11,19),t.type,String(t.sequence),code(t.deliveryId),String(t.tries),el('span',s,statusClass(t.lastStatus)),el('span',{WAITING:'on its way',TAKEN:'taken',GIVEN_UP:'given up'}[t.state],{WAITING:'mid',TAKEN:'ok',GIVEN_UP:'no'}[t.state]))}),'It has told nothing yet.',7)}
draw();setInterval(()=>$('news').open||draw(),2000);`;

/** The operations of the partner, `token` and `lookUp` are what a fault may be set for alone. */
export const controlPage = (spec: PartnerSpec): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(spec.name)} · simulator</title>
<link rel="icon" href="data:,"><style>${style}</style></head><body>
<header><h1>${escaped(spec.name)}</h1><span id="now" class="pill" role="status">…</span><p>${escaped(spec.kind)} simulator. It speaks the published partner API; what is done here is pretend.</p></header>
<div class="tiles"><div class="tile"><b id="effects">–</b>effects in the ledger</div><div class="tile"><b id="good">–</b>calls answered with 2xx</div><div class="tile"><b id="failed">–</b>other calls</div><div class="tile"><b id="waiting">–</b>deliveries with news on its way</div></div>
<section><h2>Faults</h2><div class="bar"><label>for <select id="scope"><option value="">everything</option></select></label><button id="heal" class="heal">Heal everything</button><button id="reset">Forget everything</button><span id="problem" class="no" role="alert"></span></div><div id="knobs" class="groups"></div></section>
<section><h2>Calls by answer</h2><div class="scroll"><table><tbody id="calls"></tbody></table></div></section>
<section><h2>Newest effects</h2><div class="scroll"><table><thead><tr><th>at</th><th>operation</th><th>reference</th><th>delivery</th><th></th></tr></thead><tbody id="rows"></tbody></table></div></section>
<section><h2>Newest callbacks</h2><div class="scroll"><table><thead><tr><th>happened</th><th>type</th><th>number</th><th>delivery</th><th>tries</th><th>last answer of the gateway</th><th></th></tr></thead><tbody id="told"></tbody></table></div></section>
<dialog id="news"><h2>Bring news</h2><p id="what"></p><div class="bar"><label>What happened <select id="type"></select></label></div><label>Data, as JSON<textarea id="data" spellcheck="false"></textarea></label><p id="wrong" class="no" role="alert"></p><div class="bar"><button id="tell" class="main">Tell the gateway</button><button id="cancel">Cancel</button></div></dialog>
<script>const knobs=${embedded(knobs)},scopes=${embedded(['token', 'lookUp', ...spec.operations.map(({ name }) => name)])};${script}</script></body></html>`;
