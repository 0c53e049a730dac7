import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';
import { schemaFiles } from '../../commands/schema-files.ts';
import { projectFile } from '../../core/project-root.ts';

const committed = (name: string) => readFileSync(projectFile('schema', name), 'utf8');

describe('the schema', () => {
  it('is committed as the code makes it', async () => {
    for (const [name, text] of Object.entries(await schemaFiles())) {
      expect([name, readFileSync(projectFile(name), 'utf8') === text]).toEqual([name, true]);
    }
  });

  it('describes every type, field, argument and enum value', () => {
    const schema = buildSchema(committed('api.graphql'));
    const undescribed: string[] = [];
    const see = (name: string, { description }: { description?: string | null | undefined }) => {
      if (!description?.trim()) undescribed.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
      see(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) see(`${type.name}.${value.name}`, value);
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          see(`${type.name}.${field.name}`, field);
          if ('args' in field)
            for (const arg of field.args) see(`${type.name}.${field.name}(${arg.name})`, arg);
        }
      }
    }
    expect(undescribed).toEqual([]);
  });

  it('says where each scalar is specified', () => {
    const schema = buildSchema(committed('api.graphql'));
    const scalars = Object.values(schema.getTypeMap()).filter(
      (type) => isScalarType(type) && !isSpecifiedScalarType(type),
    );
    expect(scalars.length).toBeGreaterThanOrEqual(11);
    for (const scalar of scalars)
      expect(isScalarType(scalar) && scalar.specifiedByURL).toMatch(/docs\/scalars\.md#/);
  });

  it('shows clients nothing of federation', () => {
    expect(committed('api.graphql')).not.toMatch(/_entities|_service|join__|@key|@shareable/);
  });
});
