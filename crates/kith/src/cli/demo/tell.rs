//! The steps of the demo, each for everybody: join, get to know each other, post, talk.
//!
//! A step that finds its result in place does nothing.

use anyhow::Context as _;
use serde_json::{Value, json};
use url::Url;

use super::{
    circle::{FRIENDSHIPS, LENA, Meeting, OUTSIDERS, PEOPLE, ROBIN, STORIES, Story},
    client::{Instance, Member, text},
    scene::{Photo, Scene},
};

/// What one run added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Accounts.
    pub people: usize,
    /// Profile pictures.
    pub pictures: usize,
    /// Friendships and requests.
    pub friendships: usize,
    /// Entries of address books.
    pub contacts: usize,
    /// Posts.
    pub posts: usize,
    /// Comments.
    pub comments: usize,
}

/// Tells the whole story to the instance at `url`. Photos are painted `long_edge` pixels long; `say` gets what
/// is being done, in sentences.
pub async fn tell(
    url: Url,
    long_edge: u32,
    say: &mut (dyn FnMut(&str) + Send),
) -> anyhow::Result<Added> {
    let instance = Instance::reach(url).await?;
    say(&format!("Kith answers at {}.", instance.address()));
    let mut story = Telling { people: Vec::new(), long_edge, added: Added::default(), say };
    story.join(&instance).await?;
    story.take_portraits().await?;
    story.fill_address_book().await?;
    story.meet().await?;
    story.post().await?;
    let (people, added) = (story.people, story.added);
    for member in people {
        member.sign_out().await?;
    }
    Ok(added)
}

struct Telling<'a> {
    people: Vec<Member>,
    long_edge: u32,
    added: Added,
    say: &'a mut (dyn FnMut(&str) + Send),
}

impl Telling<'_> {
    async fn join(&mut self, instance: &Instance) -> anyhow::Result<()> {
        for character in &PEOPLE {
            let mut member = instance.sign_in(character.phone, "the demo").await?;
            if member.me["status"] == "pending" {
                let profile =
                    json!({ "username": character.username, "display_name": character.name });
                member.me = member.patch("/v1/me", profile).await?;
                self.added.people += 1;
            }
            self.people.push(member);
        }
        let all = PEOPLE.len();
        match self.added.people {
            0 => (self.say)(&format!("All {all} people are members already.")),
            new => (self.say)(&format!("{new} of {all} people joined.")),
        }
        Ok(())
    }

    /// All portraits travel before the first is waited for: the server works on several at a time.
    async fn take_portraits(&mut self) -> anyhow::Result<()> {
        let mut waiting = Vec::new();
        for (member, character) in self.people.iter().zip(&PEOPLE) {
            if member.me["profile_picture"].is_null() {
                let png = photograph(character.picture, self.long_edge / 2).await?;
                waiting.push((member, member.upload(png).await?));
            }
        }
        for (member, upload) in &waiting {
            member.wait_for(upload).await?;
            member.put("/v1/me/profile-picture", json!({ "upload_id": upload })).await?;
        }
        self.added.pictures = waiting.len();
        if !waiting.is_empty() {
            (self.say)(&format!("{} profile pictures are painted.", waiting.len()));
        }
        Ok(())
    }

    async fn fill_address_book(&mut self) -> anyhow::Result<()> {
        let robin = &self.people[ROBIN];
        if !robin.list("/v1/contacts").await?.is_empty() {
            return Ok(());
        }
        let friends = PEOPLE.iter().skip(1).map(|other| (other.name, other.phone));
        let contacts: Vec<Value> = friends
            .chain(OUTSIDERS)
            .map(|(name, phone)| json!({ "name": name, "phone_number": phone }))
            .collect();
        self.added.contacts = contacts.len();
        let import = json!({ "region": "US", "contacts": contacts });
        robin.post("/v1/contacts/import", import).await?;
        (self.say)(&format!("{} wrote an address book.", PEOPLE[ROBIN].name));
        Ok(())
    }

    async fn meet(&mut self) -> anyhow::Result<()> {
        for (one, other, meeting) in FRIENDSHIPS {
            self.befriend(one, other, meeting).await?;
        }
        if !self.are_friends(LENA, ROBIN).await? && !self.has_asked(LENA, ROBIN).await? {
            self.ask(LENA, ROBIN).await?;
            self.added.friendships += 1;
        }
        match self.added.friendships {
            0 => (self.say)("Everybody knows each other already."),
            new => (self.say)(&format!("{new} friendships and requests are made.")),
        }
        Ok(())
    }

    async fn befriend(&mut self, one: usize, other: usize, how: Meeting) -> anyhow::Result<()> {
        if self.are_friends(one, other).await? {
            return Ok(());
        }
        let request = self.ask(one, other).await?;
        match how {
            Meeting::Crossed => drop(self.ask(other, one).await?),
            Meeting::Asked => {
                let id = text(&request, "friendship_id")?;
                let path = format!("/v1/friends/requests/{id}/accept");
                self.people[other].post(&path, json!({})).await?;
            }
        }
        self.added.friendships += 1;
        Ok(())
    }

    async fn ask(&self, one: usize, other: usize) -> anyhow::Result<Value> {
        // By the name that they have now: an id is of no use to somebody who does not know them yet.
        let body = json!({ "username": self.people[other].me["username"] });
        self.people[one].post("/v1/friends/requests", body).await.with_context(|| {
            format!("{} cannot ask {} to be friends", PEOPLE[one].name, PEOPLE[other].name)
        })
    }

    async fn are_friends(&self, one: usize, other: usize) -> anyhow::Result<bool> {
        let friends = self.people[one].list("/v1/friends").await?;
        Ok(names(&friends, self.people[other].id()?))
    }

    async fn has_asked(&self, one: usize, other: usize) -> anyhow::Result<bool> {
        let asked = self.people[one].list("/v1/friends/requests?direction=outgoing").await?;
        Ok(names(&asked, self.people[other].id()?))
    }

    /// Photos of all missing posts travel first, then they are posted in their order.
    async fn post(&mut self) -> anyhow::Result<()> {
        let mut stories: Vec<(&Story, Option<Value>, Option<String>)> = Vec::new();
        for story in &STORIES {
            let author = &self.people[story.author];
            let path = format!("/v1/users/{}/posts", author.id()?);
            let posts = author.list(&path).await?;
            let known = posts.into_iter().find(|post| post["caption"] == story.caption);
            let upload = if known.is_some() {
                None
            } else {
                if stories.iter().all(|(_, _, upload)| upload.is_none()) {
                    (self.say)("Photos are being painted and sent; this takes a minute.");
                }
                let png = photograph(story.scene, self.long_edge).await?;
                Some(author.upload(png).await?)
            };
            stories.push((story, known, upload));
        }
        for (story, known, upload) in stories {
            let post = match (known, upload) {
                (Some(post), _) => post,
                (None, upload) => self.publish(story, &upload.unwrap_or_default()).await?,
            };
            self.talk(story, text(&post, "post_id")?).await?;
        }
        if self.added.comments > 0 {
            (self.say)(&format!("{} comments are written.", self.added.comments));
        }
        Ok(())
    }

    async fn publish(&mut self, story: &Story, upload: &str) -> anyhow::Result<Value> {
        let author = &self.people[story.author];
        author.wait_for(upload).await?;
        let mut post = json!({
            "upload_id": upload, "caption": story.caption, "alt": story.alt, "visibility": "friends-only",
        });
        if !story.audience.is_empty() {
            let audience: anyhow::Result<Vec<&str>> =
                story.audience.iter().map(|friend| self.people[*friend].id()).collect();
            post["visibility"] = "specific-friends".into();
            post["audience"] = audience?.into();
        }
        let posted = author.post("/v1/posts", post).await?;
        self.added.posts += 1;
        (self.say)(&format!("{}: {}", PEOPLE[story.author].name, story.caption));
        Ok(posted)
    }

    async fn talk(&mut self, story: &Story, post: &str) -> anyhow::Result<()> {
        let path = format!("/v1/posts/{post}/comments");
        let said = self.people[story.author].list(&path).await?;
        for (who, words) in story.comments {
            let id = self.people[*who].id()?;
            let is_said = |comment: &Value| {
                comment["content"] == *words && comment["author"]["user_id"] == id
            };
            if !said.iter().any(is_said) {
                self.people[*who].post(&path, json!({ "content": words })).await?;
                self.added.comments += 1;
            }
        }
        Ok(())
    }
}

/// Whether a list of friendships has one with a person.
fn names(friendships: &[Value], user: &str) -> bool {
    friendships.iter().any(|friendship| friendship["user"]["user_id"] == user)
}

/// Paints a scene as a PNG, beside the runtime: it takes most of a second.
async fn photograph(scene: Scene, long_edge: u32) -> anyhow::Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || png(&scene.paint(long_edge))).await?
}

fn png(photo: &Photo) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, photo.width, photo.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(&photo.bytes)?;
    Ok(bytes)
}
