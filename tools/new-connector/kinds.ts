// What each kind of partner is asked to do, read from its interface in connectors/contract: the one place that says it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface KindOperation {
  name: string;
  /** The type of its order. */
  order: string;
}

export interface Kind {
  /** As on the command line and in folders, e.g. `law-firm`. */
  folder: string;
  /** e.g. `LAW_FIRM`. */
  word: string;
  /** e.g. `LawFirm`. */
  type: string;
  operations: KindOperation[];
  /** What a connector of this kind has beside its operations, e.g. `readLedger`. */
  others: string[];
}

const common = ['kind', 'operations'];

/** All kinds whose interface extends Connector; operations that a partner need not have are left out. */
export function readKinds(root: string): Kind[] {
  const folder = join(root, 'connectors', 'contract');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
      return source.statements.flatMap((statement) =>
        isConnector(statement) ? [kindOf(file.replace(/\.ts$/, ''), statement, source)] : [],
      );
    });
}

const isConnector = (statement: ts.Statement): statement is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(statement) &&
  (statement.heritageClauses ?? []).some(({ types }) => types.some(({ expression }) => expression.getText() === 'Connector'));

function kindOf(folder: string, statement: ts.InterfaceDeclaration, source: ts.SourceFile): Kind {
  const member = (name: string) =>
    statement.members.find((each) => each.name?.getText(source) === name) as ts.PropertySignature | undefined;
  const operations = member('operations')?.type;
  const word = member('kind')?.type?.getText(source);
  if (!operations || !ts.isTypeLiteralNode(operations) || !word)
    throw new Error(`connectors/contract/${folder}.ts does not list its operations`);
  return {
    folder,
    word: word.replaceAll("'", ''),
    type: statement.name.text,
    operations: operations.members.flatMap((each) => {
      const { type } = each as ts.PropertySignature;
      if (each.questionToken || !type || !ts.isTypeReferenceNode(type) || !type.typeArguments?.[0]) return [];
      return [{ name: each.name!.getText(source), order: type.typeArguments[0].getText(source) }];
    }),
    others: statement.members.flatMap((each) => {
      const name = each.name?.getText(source);
      return name && !each.questionToken && !common.includes(name) ? [name] : [];
    }),
  };
}
