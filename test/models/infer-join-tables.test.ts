import { Model } from 'objection'
import type { RelationMappings } from 'objection'
import { expect, test } from 'vitest'
import { describeClasses, model, tableNamed } from '../support/describe-classes.js'

const UUID = { jsonSchema: { properties: { id: { type: 'string', format: 'uuid' } } } }

const through = (more: Readonly<Record<string, unknown>> = {}): RelationMappings[string] => ({
  relation: Model.ManyToManyRelation,
  modelClass: Tag,
  join: {
    from: 'posts.id',
    to: 'tags.id',
    through: { from: 'posts_tags.post_id', to: 'posts_tags.tag_id', ...more },
  },
})
const Tag: typeof Model = model('tags', () => ({
  posts: {
    relation: Model.ManyToManyRelation,
    modelClass: () => Post,
    join: {
      from: 'tags.id',
      to: 'posts.id',
      through: { from: 'posts_tags.tag_id', to: 'posts_tags.post_id' },
    },
  },
}))
const Post = model('posts', () => ({ tags: through({ extra: ['position'] }) }), UUID)

test('a join table that no model has is described by its relations', () => {
  const joined = tableNamed(describeClasses([Post, Tag]), 'posts_tags')

  expect(joined.table).toMatchObject({
    primaryKey: { columns: ['post_id', 'tag_id'] },
    columns: [
      { name: 'post_id', type: { kind: 'uuid' }, nullable: false },
      { name: 'tag_id', type: { kind: 'integer', unsigned: true }, nullable: false },
      { name: 'position', type: { kind: 'string' }, nullable: true },
    ],
  })
  expect(joined.table.foreignKeys.map(({ name }) => name)).toEqual([
    'posts_tags_post_id_foreign',
    'posts_tags_tag_id_foreign',
  ])
  expect(joined.models.map((source) => source.model)).toEqual(['Post', 'Tag'])
  expect(joined.assumed[0]).toBe(
    'No model has this table: it is the join table of Post.tags, Tag.posts.',
  )
})

test("a join table that a model has is that model's", () => {
  const PostTag = model('posts_tags', undefined, { idColumn: ['post_id', 'tag_id'] })

  const united = describeClasses([Post, Tag, PostTag])

  expect(tableNamed(united, 'posts_tags').models).toEqual([
    { model: 'Posts_tag', file: 'src/models/posts_tag.ts' },
  ])
  expect(tableNamed(united, 'posts_tags').assumed).toEqual([])
})

test('a join table shared by filters has no keys that one of them would break', () => {
  const Video = model('videos', () => ({
    tags: {
      relation: Model.ManyToManyRelation,
      modelClass: Tag,
      join: {
        from: 'videos.id',
        to: 'tags.id',
        through: {
          from: 'taggings.target_id',
          to: 'taggings.tag_id',
          filter: { target_type: 'video' },
        },
      },
    },
  }))

  const { table } = tableNamed(describeClasses([Video, Tag, Post]), 'taggings')

  expect(table.primaryKey).toBeNull()
  expect(table.foreignKeys).toEqual([])
})
