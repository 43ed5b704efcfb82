// The control page of a simulated partner: what it did, and buttons that make it fail, heal or bring news.
import type { PartnerSpec } from './spec.js';

export const controlPage = (spec: PartnerSpec): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${spec.name} · simulator</title>
<style>
:root{color-scheme:light dark;--line:#8884;--accent:#2563eb;--bad:#dc2626;--good:#16a34a}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0}p.sub{margin:.2rem 0 1.2rem;opacity:.7}
section{border:1px solid var(--line);border-radius:10px;padding:1rem;margin:0 0 1rem}
button{font:inherit;padding:.35rem .8rem;border:1px solid var(--line);border-radius:7px;background:transparent;cursor:pointer;margin:0 .3rem .3rem 0}
button:hover{border-color:var(--accent)}button.heal{border-color:var(--good);color:var(--good)}button.fail{border-color:var(--bad);color:var(--bad)}
table{border-collapse:collapse;width:100%;font-size:13px}td,th{text-align:left;padding:.3rem .5rem;border-bottom:1px solid var(--line)}code{font-size:12px}
#faults{font-weight:600}.ok{color:var(--good)}.no{color:var(--bad)}
</style></head><body>
<h1>${spec.name}</h1><p class="sub">${spec.kind} simulator. It speaks the published partner API; what is done here is pretend.</p>
<section><div>Now: <span id="faults"></span> · <span id="count"></span></div><p>
<button class="heal" onclick="fault(null)">Heal</button>
<button class="fail" onclick="fault({status:503})">Answer 503</button>
<button class="fail" onclick="fault({latencyMs:8000})">Hang 8 s</button>
<button class="fail" onclick="fault({dropSockets:true})">Drop sockets</button>
<button class="fail" onclick="fault({dropAfterEffect:true})">Drop after the work is done</button>
<button class="fail" onclick="fault({dropAnswers:true})">Drop every answer after the work is done</button>
<button class="fail" onclick="fault({refuse:{code:'CONFLICT_OF_INTEREST',reason:'We act for the other side'}})">Refuse</button>
<button onclick="fault({duplicateCallbacks:true})">Callbacks twice</button>
<button onclick="fault({reorderCallbacks:true})">Callbacks out of order</button></p></section>
<section><table><thead><tr><th>at</th><th>operation</th><th>reference</th><th>delivery</th><th>bring news</th></tr></thead><tbody id="rows"></tbody></table></section>
<script>
const call=(method,path,body)=>fetch(path,{method,body:body&&JSON.stringify(body)});
async function fault(f){await(f?call('PUT','/control/fault',f):call('DELETE','/control/fault'));draw()}
async function step(id,select){if(select.value){await call('POST','/control/deliveries/'+id+'/steps',{type:select.value});select.value='';draw()}}
async function draw(){const s=await(await fetch('/control/state')).json();const healthy=Object.keys(s.faults).length===0;
faults.textContent=healthy?'healthy':JSON.stringify(s.faults);faults.className=healthy?'ok':'no';count.textContent=s.effects+' effects in the ledger, '+s.callbacksWaiting+' callbacks on their way';
rows.replaceChildren(...s.newest.map(e=>{const tr=document.createElement('tr');for(const t of[e.at.slice(11,19),e.operation,e.ref||'refused',e.deliveryId]){const td=document.createElement('td');td.textContent=t;tr.append(td)}
const td=document.createElement('td');if(e.ref&&!e.about){const sel=document.createElement('select');sel.append(new Option('…',''),...e.steps.map(x=>new Option(x,x)));sel.onchange=()=>step(e.deliveryId,sel);td.append(sel)}tr.append(td);return tr}))}
draw();setInterval(()=>{if(!document.activeElement||document.activeElement.tagName!=='SELECT')draw()},2000);
</script></body></html>`;
